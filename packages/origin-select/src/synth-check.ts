import type { CompilerOf, SynthCheck } from "cf-types";
import { checkOriginSelect } from "./check/check-origin-select.ts";
import type { CompiledOriginSelect } from "./edge/compiled-origin-select.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "originOfHost" in config ? undefined : "compileOriginSelect";

/** Returns what in the options cannot work on the site that runs them. */
export const checkSynthesizedSite: SynthCheck<CompiledOriginSelect> = checkOriginSelect;
