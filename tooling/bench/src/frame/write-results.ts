import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release } from "node:os";
import { fileURLToPath } from "node:url";
import { bars, type Bar, type BarName } from "./bars.ts";
import type { Spread } from "./compare.ts";

/** A row of results: one with a bar has the bar's name. */
export interface Row {
  readonly name: BarName | (string & {});
  readonly spread: Spread;
}

/** One benchmark: everything that it compares runs within one call of `run`. */
export interface Bench {
  /** The name on the command line, kebab-case. */
  readonly name: string;
  readonly title: string;
  /** How it measures, in a sentence or two of Markdown. */
  readonly method: string;
  /** What this machine lacks for it; undefined where it can run. */
  readonly lacks?: () => string | undefined;
  readonly run: () => Promise<readonly Row[]>;
}

const resultsFile = new URL("../../RESULTS.md", import.meta.url);

/** Writes what a benchmark found in the place of its section in RESULTS.md; returns the section. */
export function writeResults({ name, title, method }: Bench, rows: readonly Row[]): string {
  const day = new Date().toISOString().slice(0, 10);
  const section = [
    `## ${title}`,
    method,
    tableOf(rows),
    `\`${name}\`, measured on ${day}: ${machine()}.`,
  ].join("\n\n");
  const [intro = "", ...sections] = readFileSync(resultsFile, "utf8")
    .trim()
    .split(/\n\n(?=## )/);
  const others = sections.filter((one) => !one.startsWith(`## ${title}\n`));
  writeFileSync(resultsFile, `${[intro, ...others, section].join("\n\n")}\n`);
  return section;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, spread: { min, median, max } }) => {
    const bar: Bar | undefined = name in bars ? bars[name as BarName] : undefined;
    return [name, ...[min, median, max].map(shown), ...barCells(bar, median)];
  });
  const header = ["", "min", "median", "max", "bar", "reached"];
  const rule = header.map((_, index) => (index === 0 ? "---" : "---:"));
  return [header, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function barCells(bar: Bar | undefined, median: number): readonly string[] {
  if (bar === undefined) return ["", ""];
  const [sign, limit, isReached] =
    "atLeast" in bar
      ? (["≥", bar.atLeast, median >= bar.atLeast] as const)
      : (["≤", bar.atMost, median <= bar.atMost] as const);
  return [`${sign} ${limit}`, isReached ? "yes" : "**no**"];
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function machine(): string {
  const git = (...options: string[]): string =>
    execFileSync("git", options, {
      encoding: "utf8",
      cwd: fileURLToPath(new URL(".", resultsFile)),
    });
  const changes = git("status", "--porcelain", "--", ":/", ":!RESULTS.md").trim();
  const commit = git("rev-parse", "--short", "HEAD").trim();
  return [
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    `Linux ${release()}`,
    `Node.js ${process.version}`,
    `commit ${commit}${changes === "" ? "" : " with changes"}`,
  ].join(", ");
}
