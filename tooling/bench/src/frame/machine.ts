import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, release } from "node:os";

/** Says on which machine, with what and of which commit something was measured. */
export function machine(versions: Readonly<Record<string, string>> = {}): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown";
  const parts = [
    `${availableParallelism()} × ${processor}`,
    `Linux ${release()}`,
    `Node.js ${process.version}`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    `commit ${commit()}`,
  ];
  return parts.join(", ");
}

function commit(): string {
  const git = (...options: string[]): string => execFileSync("git", options, { encoding: "utf8" });
  const isChanged = git("status", "--porcelain", "--", ":!results", ":!RESULTS.md").trim() !== "";
  return `${git("rev-parse", "--short", "HEAD").trim()}${isChanged ? " with changes" : ""}`;
}
