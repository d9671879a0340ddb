import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coldLoads, coldLoadTimeMs } from "./cold-load-time.ts";
import { type PackageJson, readPackageJson } from "./package-json.ts";
import { compiledInReadme } from "./readme-example.ts";

const begin = "<!-- size: written by pnpm report -->";
const end = "<!-- /size -->";
const block = new RegExp(`${begin}[\\s\\S]*?${end}`);
const loadTime = /in [\d.]+ ms/;

/** Returns a finding when the README of a built function package does not say what its artefact weighs. */
export function checkReadmeSize(folder: string): readonly string[] {
  const packageJson = readPackageJson(folder);
  if (packageJson.edgeFunction === undefined) return [];
  const [written] = block.exec(readReadme(folder)) ?? [];
  const [time] = loadTime.exec(written ?? "") ?? [];
  if (time !== undefined && written === sizeBlock(folder, packageJson, time)) return [];
  return [
    `README.md of ${packageJson.name} does not say what the artefact weighs: got ${JSON.stringify(written) ?? "no block"}. Put the lines ${begin} and ${end} where it belongs and run "pnpm report".`,
  ];
}

/** Measures the artefact of a built function package and writes the result between the README's markers. */
export async function writeReadmeSize(folder: string): Promise<void> {
  const packageJson = readPackageJson(folder);
  if (packageJson.edgeFunction === undefined) return;
  // The time differs from run to run: it is no reason to change a README that is right otherwise.
  if (checkReadmeSize(folder).length === 0) return;
  const compiled = await compiledInReadme(folder);
  const milliseconds = coldLoadTimeMs(join(folder, "dist/lambda/index.cjs"), compiled);
  const time = `in ${milliseconds.toFixed(1)} ms`;
  const readme = readReadme(folder);
  writeFileSync(
    join(folder, "README.md"),
    readme.replace(block, () => sizeBlock(folder, packageJson, time)),
  );
}

function sizeBlock(folder: string, packageJson: PackageJson, time: string): string {
  const { packageName, eventType, runtime, memoryMb, timeoutSeconds, bundle } =
    readManifest(folder);
  return [
    begin,
    "",
    `\`${packageName}/lambda\` is one minified CommonJS file of ${bundle.bytes} bytes that reads the compiled options from \`config.json\` beside it; \`${packageName}/manifest\` says how to deploy it (${eventType}, ${runtime}, ${memoryMb} MB, ${timeoutSeconds} s). Its byte budget is ${packageJson.edgeFunction?.budgetBytes ?? 4096}. A new process loads it ${time}, the shortest of ${coldLoads} loads on a developer's machine.`,
    "",
    end,
  ].join("\n");
}

/** What the block tells of the manifest. Not the type of cf-types: cf-types is checked by this tool itself. */
interface ArtefactManifest {
  readonly packageName: string;
  readonly eventType: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly bundle: { readonly bytes: number };
}

function readManifest(folder: string): ArtefactManifest {
  return JSON.parse(readFileSync(join(folder, "dist/lambda/manifest.json"), "utf8"));
}

function readReadme(folder: string): string {
  return readFileSync(join(folder, "README.md"), "utf8");
}
