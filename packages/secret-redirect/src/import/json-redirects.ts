import type { RedirectRule } from "../compile/redirect-rule.ts";
import { elementsAt, readJsonFile, recordOf } from "./read-json-file.ts";
import type { ImportedEntry } from "./redirect-source.ts";

/** Returns the entries of our own format: a list of rules, or an object with `rules`. */
export function jsonRedirects(text: string): ImportedEntry[] {
  const file = readJsonFile(text);
  if ("problem" in file) return [file.problem];
  const elements = elementsAt(file, file.root.type === "object" ? ["rules"] : []);
  if (elements === undefined)
    return [{ line: 1, message: "rules is missing. Give a list of redirects." }];
  if ("problem" in elements) return [elements.problem];
  return elements.map(({ line, value }) => {
    const { from, to } = Object(value);
    if (typeof from === "string" && typeof to === "string") {
      // What else it holds is checked as any rule is.
      const rule: RedirectRule = { ...Object(value), from, to };
      return { line, rule };
    }
    const read = recordOf(value, Object.keys(Object(value)));
    return {
      line,
      message:
        "message" in read
          ? read.message
          : `A redirect has not from and to: got ${JSON.stringify(value)}. Give both as text.`,
    };
  });
}
