import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { addFunction } from "./add-function.ts";
import { ask } from "./ask.ts";
import { eventTypes, parseEventType } from "./function-names.ts";
import { NewFunctionError } from "./new-function-error.ts";

const root = resolve(import.meta.dirname, "../../..");
const usage = `Usage: pnpm new <name> --event-type <${eventTypes.join(" | ")}>\n`;

try {
  await main();
} catch (error) {
  const isMistake = error instanceof NewFunctionError;
  if (!isMistake && !(error instanceof TypeError && "code" in error)) throw error;
  process.stderr.write(`${error.message}\n${isMistake ? "" : usage}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "event-type": { type: "string" } },
  });
  const [name] = positionals;
  const eventType = values["event-type"] && parseEventType(values["event-type"]);
  const given = { ...(name && { name }), ...(eventType && { eventType }) };
  if ((!name || !eventType) && !process.stdin.isTTY) {
    process.stderr.write(usage);
    process.exitCode = 1;
    return;
  }
  const asked = await ask(given);
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
    `Write src/${name}.ts, then: pnpm turbo test --filter=${name} && pnpm start`,
    "",
  ].join("\n");
}
