import { expect } from "vitest";
import { importRedirects } from "../src/import/import-redirects.ts";
import type { RedirectFormat } from "../src/import/redirect-source.ts";

/** Returns rules without their line, and problems as `line message`. */
export function readRedirects(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems } = importRedirects({ file, text, ...(format && { format }) });
  return {
    rules: rules.map(({ source: _line, ...rule }) => rule),
    problems: problems.map(({ line, message }) => `${line} ${message}`),
  };
}

/** Returns the rules of a file that has no problem. */
export function rulesOf(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems } = readRedirects(file, text, format);
  expect(problems).toEqual([]);
  return rules;
}
