import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coldLoads, coldLoadTimeMs } from "./cold-load-time.ts";
import { type EdgeArtefact, edgeArtefacts, readManifest } from "./edge-artefacts.ts";
import { type PackageJson, readPackageJson } from "./package-json.ts";
import { compiledInReadme } from "./readme-example.ts";

const begin = "<!-- size: written by pnpm report -->";
const end = "<!-- /size -->";
const block = new RegExp(`${begin}[\\s\\S]*?${end}`);
const loadTime = /in [\d.]+ ms/;

const defaultBudgetBytes = 4096;

/** Returns a finding when the README of a built function package does not say what its artefacts weigh. */
export function checkReadmeSize(folder: string): readonly string[] {
  const packageJson = readPackageJson(folder);
  if (packageJson.edgeFunction === undefined) return [];
  const [written] = block.exec(readReadme(folder)) ?? [];
  const [time] = loadTime.exec(written ?? "") ?? [""];
  if (written === sizeBlock(folder, packageJson, time)) return [];
  return [
    `README.md of ${packageJson.name} does not say what its artefacts weigh: got ${JSON.stringify(written) ?? "no block"}. Put the lines ${begin} and ${end} where it belongs and run "pnpm report".`,
  ];
}

/** Measures the artefacts of a built function package and writes the result between the README's markers. */
export async function writeReadmeSize(folder: string): Promise<void> {
  const packageJson = readPackageJson(folder);
  if (packageJson.edgeFunction === undefined) return;
  // The time differs from run to run: it is no reason to change a README that is right otherwise.
  if (checkReadmeSize(folder).length === 0) return;
  const lambda = edgeArtefacts(folder, packageJson).find(({ engine }) => engine === "lambda-edge");
  const time = lambda === undefined ? "" : await measuredLoadTime(folder, lambda);
  const readme = readReadme(folder);
  writeFileSync(
    join(folder, "README.md"),
    readme.replace(block, () => sizeBlock(folder, packageJson, time)),
  );
}

async function measuredLoadTime(folder: string, { bundle }: EdgeArtefact): Promise<string> {
  const milliseconds = coldLoadTimeMs(join(folder, bundle), await compiledInReadme(folder));
  return `in ${milliseconds.toFixed(1)} ms`;
}

/** @param time As it stands in the text; a block without it is not the one that is returned. */
function sizeBlock(folder: string, packageJson: PackageJson, time: string): string {
  const artefacts = edgeArtefacts(folder, packageJson);
  return [
    begin,
    "",
    ...artefacts.flatMap((each) => [describe(folder, packageJson, each, time), ""]),
    end,
  ].join("\n");
}

function describe(
  folder: string,
  { edgeFunction }: PackageJson,
  artefact: EdgeArtefact,
  time: string,
): string {
  const { packageName, eventType, runtime, memoryMb, timeoutSeconds, bundle } = readManifest(
    folder,
    artefact,
  );
  if (artefact.engine === "lambda-edge") {
    const budget = edgeFunction?.budgetBytes ?? defaultBudgetBytes;
    return `On Lambda@Edge: \`${packageName}/lambda\` is one minified CommonJS file of ${bundle.bytes} bytes that reads the compiled options from \`config.json\` beside it; \`${packageName}/manifest\` says how to deploy it (${eventType}, ${runtime}, ${memoryMb} MB, ${timeoutSeconds} s). Its byte budget is ${budget}. A new process loads it ${time}, the shortest of ${coldLoads} loads on a developer's machine.`;
  }
  const budget = edgeFunction?.cloudFrontFunction?.budgetBytes ?? defaultBudgetBytes;
  return `As a CloudFront Function: \`${packageName}/cloudfront-function\` is one minified script of ${bundle.bytes} bytes to which synth adds the options, as \`${packageName}/inline-config\` returns them; \`${packageName}/cloudfront-function/manifest\` says where it runs (${eventType}, ${runtime}). Its byte budget is ${budget} of the 10,240 that CloudFront takes with options.`;
}

function readReadme(folder: string): string {
  return readFileSync(join(folder, "README.md"), "utf8");
}
