export { childNodes } from "./child-nodes.ts";
export { parseScript } from "./parse-script.ts";
export { resolveNames } from "./program-names.ts";
export type { ProgramNames } from "./program-names.ts";
