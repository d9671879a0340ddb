import type { EdgeEngine } from "cf-types";
import { cloudAssemblyPath } from "./cloud-assembly-path.ts";
import { synthesizedAssembly } from "./synthesized-assembly.ts";

/** The engines on which the site's viewer functions run. */
export const engines: readonly EdgeEngine[] = ["lambda-edge", "cloudfront-function"];

/** The site as it is synthesized, and with one word changed. */
export const assemblies: Readonly<Record<EdgeEngine, string>> = {
  "lambda-edge": cloudAssemblyPath,
  "cloudfront-function": synthesizedAssembly({ engine: "cloudfront-function" }),
};
