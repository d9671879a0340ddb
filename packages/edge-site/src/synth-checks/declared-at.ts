import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { PlacedFunction } from "../artefact/placed-functions.ts";
import { lineOfSetting } from "../config/line-of-setting.ts";

/** Returns where a function is in the configuration, as in `edge.config.ts:9 functions[0] "spa-rewrite"`. */
export function declaredAt(
  configFile: string,
  functions: readonly PlacedFunction[],
  index: number,
): string {
  const name = functions[index]?.packageName ?? "";
  const source = readFileSync(configFile, "utf8");
  const call = { functionName: "defineEdgeConfig" };
  const line = lineOfSetting(source, call, `functions[${index}]`);
  return `${basename(configFile)}${line === undefined ? "" : `:${line}`} functions[${index}] ${JSON.stringify(name)}`;
}
