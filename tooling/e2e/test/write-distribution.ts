import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type DistributionWithFunction, templateWithFunction } from "edge-function-testing";

const { resolve } = createRequire(import.meta.url);

/** A distribution with the function of a package. */
export interface DistributionWithPackage extends Omit<DistributionWithFunction, "code"> {
  /** The package whose built artefact runs. */
  readonly functionPackage: string;
  /** What its compile function returned. */
  readonly config: object;
}

/** Writes a template into a folder, the function's asset beside it, and returns the template's path. */
export function writeDistribution(
  folder: string,
  { functionPackage, config, ...distribution }: DistributionWithPackage,
): string {
  const asset = join(folder, "asset");
  cpSync(dirname(resolve(`${functionPackage}/lambda`)), asset, { recursive: true });
  writeFileSync(join(asset, "config.json"), JSON.stringify(config));
  const template = join(folder, "template.json");
  writeFileSync(
    template,
    JSON.stringify(templateWithFunction({ ...distribution, code: "./asset" })),
  );
  return template;
}
