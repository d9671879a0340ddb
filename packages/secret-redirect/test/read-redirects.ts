import { expect } from "vitest";
import { importRedirects } from "../src/import/import-redirects.ts";
import type { RedirectFormat } from "../src/import/redirect-source.ts";

/** Returns rules without their line, problems as `line message`, leftovers as `line where message`. */
export function readRedirects(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems, leftovers } = importRedirects({
    file,
    text,
    ...(format && { format }),
  });
  return {
    rules: rules.map(({ source: _line, ...rule }) => rule),
    problems: problems.map(({ line, message }) => `${line} ${message}`),
    leftovers: leftovers.map(({ line, belongsTo, message }) => `${line} ${belongsTo}: ${message}`),
  };
}

/** Returns the rules of a file that has no problem. */
export function rulesOf(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems } = readRedirects(file, text, format);
  expect(problems).toEqual([]);
  return rules;
}
