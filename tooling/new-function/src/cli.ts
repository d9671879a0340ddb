import type { EdgeEngine } from "cf-types";
import { eventTypes } from "cf-rules";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { CommandMistake, createCommand, Option, runCommand } from "cf-command-line";
import { addFunction } from "./add-function.ts";
import { ask } from "./ask.ts";
import type { NewFunction } from "./function-names.ts";
import { newFunctionEngines } from "./new-function-engine.ts";

const root = resolve(import.meta.dirname, "../../..");

const command = createCommand("pnpm new")
  .description("Makes the package of an edge function, with tests, a README and a changeset.")
  .argument("[name]", "the package's name; asked for in a terminal")
  .addOption(
    new Option("--event-type <name>", "where the function runs; asked for in a terminal").choices(
      eventTypes,
    ),
  )
  .addOption(
    new Option(
      "--engine <name>",
      "for which engines it is built; both for viewer events, lambda-edge for origin events",
    ).choices(newFunctionEngines),
  )
  .action((name: string | undefined, options: Omit<Partial<NewFunction>, "name">) =>
    makeFunction({ ...(name && { name }), ...options }),
  );

process.exitCode = await runCommand(command, process.argv.slice(2));

async function makeFunction(given: Partial<NewFunction>): Promise<void> {
  const isComplete = given.name !== undefined && given.eventType !== undefined;
  if (!isComplete && !process.stdin.isTTY) {
    throw new CommandMistake(
      "A name and an event type are needed where nobody can be asked. Write: pnpm new my-function --event-type viewer-request",
    );
  }
  const asked = await ask(given);
  if (asked === undefined) return;
  const { written, otherEngine } = addFunction(root, asked);
  completePackage(asked.name, written);
  process.stdout.write(summary(asked.name, otherEngine));
}

/** What depends on the package's own build: the lockfile, its API report and the size in its README. */
function completePackage(name: string, written: readonly string[]): void {
  const pnpm = (...args: string[]) =>
    execFileSync("pnpm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  pnpm("install", "--no-frozen-lockfile", "--prefer-offline");
  pnpm("exec", "oxfmt", ...written.filter((path) => /\.(ts|json|md)$/.test(path)));
  pnpm("exec", "turbo", "run", "build", `--filter=${name}`, "--output-logs=errors-only");
  execFileSync("pnpm", ["exec", "package-check", "--write"], {
    cwd: join(root, "packages", name),
    stdio: "inherit",
  });
}

function summary(name: string, otherEngine: EdgeEngine | undefined): string {
  const place =
    otherEngine === undefined
      ? "It runs after the others on its event: see apps/infra/edge.config.ts."
      : `It waits in a comment of apps/infra/edge.config.ts: the site's viewer functions run on ${otherEngine}, and it does not.`;
  return [
    `packages/${name} is there, built and with its changeset. ${place}`,
    `Write src/edge/decide.ts, then: pnpm turbo test --filter=${name} && pnpm start`,
    "",
  ].join("\n");
}
