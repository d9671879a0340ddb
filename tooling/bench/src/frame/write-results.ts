import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Bench, Section } from "./bench.ts";
import { curveSvg } from "./curve.ts";
import { machine } from "./machine.ts";
import { markdownTable } from "./table.ts";

const root = new URL("../../", import.meta.url);
const folder = new URL("results/", root);

/** Writes what a benchmark found into `results/<name>.md`, its curves beside it; returns the text. */
export function writeSection({ name, title, method }: Bench, section: Section): string {
  mkdirSync(folder, { recursive: true });
  const curves = (section.curves ?? []).map((curve) => {
    const file = `${name}-${curve.name}.svg`;
    writeFileSync(new URL(file, folder), curveSvg(curve));
    return `![${curve.title}](${file})`;
  });
  const day = new Date().toISOString().slice(0, 10);
  const text = [
    `## ${title}`,
    method,
    ...section.tables.map(markdownTable),
    ...curves,
    `Measured on ${day}: ${machine(section.versions)}.`,
  ].join("\n\n");
  writeFileSync(new URL(`${name}.md`, folder), `${text}\n`);
  return text;
}

/** Puts all sections together into `RESULTS.md`, in the order of the benchmarks. */
export function assembleResults(benches: readonly Bench[]): void {
  mkdirSync(folder, { recursive: true });
  const written = new Set(readdirSync(fileURLToPath(folder)));
  const sections = benches
    .map(({ name }) => `${name}.md`)
    .filter((file) => written.has(file))
    .map((file) => readFileSync(new URL(file, folder), "utf8").trim())
    // A section shows its curves from beside them, the document from the folder above.
    .map((section) => section.replaceAll(/(?<=^!\[.*\]\()/gm, "results/"));
  const intro = [
    "# Results",
    "Written by `pnpm --filter bench bench`. Everything that a table compares ran in one run on the same machine; ratios are taken within a round, and the median decides whether a target is reached. [NOTES.md](NOTES.md) says what the profiles proved.",
  ];
  writeFileSync(new URL("RESULTS.md", root), `${[...intro, ...sections].join("\n\n")}\n`);
}
