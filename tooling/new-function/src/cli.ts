import type { EventType } from "cf-types";
import { eventTypes } from "cf-rules";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { CommandMistake, createCommand, Option, runCommand } from "cf-command-line";
import { addFunction } from "./add-function.ts";
import { ask } from "./ask.ts";

const root = resolve(import.meta.dirname, "../../..");

const command = createCommand("pnpm new")
  .description("Makes the package of an edge function, with tests, a README and a changeset.")
  .argument("[name]", "the package's name; asked for in a terminal")
  .addOption(
    new Option("--event-type <name>", "where the function runs; asked for in a terminal").choices(
      eventTypes,
    ),
  )
  .action((name: string | undefined, options: { readonly eventType?: EventType }) =>
    makeFunction(name, options.eventType),
  );

process.exitCode = await runCommand(command, process.argv.slice(2));

async function makeFunction(
  name: string | undefined,
  eventType: EventType | undefined,
): Promise<void> {
  const isComplete = name !== undefined && eventType !== undefined;
  if (!isComplete && !process.stdin.isTTY) {
    throw new CommandMistake(
      "A name and an event type are needed where nobody can be asked. Write: pnpm new my-function --event-type viewer-request",
    );
  }
  const asked = await ask({ ...(name && { name }), ...(eventType && { eventType }) });
  if (asked === undefined) return;
  const { written, pathPatterns } = addFunction(root, asked);
  completePackage(asked.name, written);
  process.stdout.write(summary(asked.name, pathPatterns));
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

function summary(name: string, pathPatterns: readonly string[]): string {
  const place =
    pathPatterns.length === 0
      ? "It waits in a comment of apps/infra/edge.config.ts: every cache behavior has a function on that event."
      : `It runs on the cache behavior ${pathPatterns.join(", ")}: see apps/infra/edge.config.ts.`;
  return [
    `packages/${name} is there, built and with its changeset. ${place}`,
    `Write src/edge/${name}.ts, then: pnpm turbo test --filter=${name} && pnpm start`,
    "",
  ].join("\n");
}
