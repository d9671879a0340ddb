import type { EdgeEngine } from "cf-types";
import { cloudAssemblyPath } from "./cloud-assembly-path.ts";
import { synthesizedAssembly } from "./synthesized-assembly.ts";

/** The engines on which the site's viewer functions run. */
export const engines: readonly EdgeEngine[] = ["lambda-edge", "cloudfront-function"];

/** Returns the cloud assembly of the site: as it is synthesized, or with one word changed for the test file. */
export function assemblyOn(engine: EdgeEngine): string {
  return engine === "lambda-edge" ? cloudAssemblyPath : synthesizedAssembly({ engine });
}
