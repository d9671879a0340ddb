import { type Program, parse } from "acorn";

/** Parses JavaScript, as a module or as a script, CommonJS included; undefined where it is neither. */
export function parseScript(code: string): Program | undefined {
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(code, {
        ecmaVersion: "latest",
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        locations: true,
        ranges: true,
      });
    } catch {
      // The other one, or none.
    }
  }
  return undefined;
}
