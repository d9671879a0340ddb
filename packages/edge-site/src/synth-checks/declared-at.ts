import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { PlacedFunction } from "../artefact/placed-functions.ts";

/** Returns where a function stands in the configuration, as in `edge.config.ts:9 functions[0] "spa-rewrite"`. */
export function declaredAt(
  configFile: string,
  functions: readonly PlacedFunction[],
  index: number,
): string {
  const names = functions.map(({ packageName }) => packageName);
  const name = names[index] ?? "";
  const sameBefore = names.slice(0, index).filter((each) => each === name).length;
  const line = linesWith(configFile, name)[sameBefore];
  return `${basename(configFile)}${line === undefined ? "" : `:${line}`} functions[${index}] ${JSON.stringify(name)}`;
}

/** A configuration may be put together elsewhere; then no line is found, and none is named. */
function linesWith(configFile: string, packageName: string): readonly number[] {
  const declarations = ['"', "'", "`"].map((quote) => `package: ${quote}${packageName}${quote}`);
  return readFileSync(configFile, "utf8")
    .split("\n")
    .flatMap((line, index) =>
      declarations.some((each) => line.includes(each)) ? [index + 1] : [],
    );
}
