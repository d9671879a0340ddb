import type { EventHeader } from "cf-types";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** A header as a function returned it, in the shape of an event. */
export interface HeaderEntry {
  /** Lower-case. */
  readonly name: string;
  readonly lines: EventHeader[];
}

// Control characters other than the tab.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Returns a header name as CloudFront writes it where a function gave no `key` (LE-B-16). */
export function canonicalHeaderName(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join("-");
}

/** Checks the array of one header, and writes out its keys. */
export function checkLines(
  name: string,
  subject: string,
  entry: readonly unknown[],
  warnings: ResultWarning[],
): HeaderEntry | ResultViolation {
  const lines: EventHeader[] = [];
  for (const line of entry) {
    const value = isJsonObject(line) ? line["value"] : undefined;
    if (!isJsonObject(line) || typeof value !== "string") {
      return violation(
        "LE-C-14",
        viewerText.invalidResult,
        subject,
        `must hold objects whose value is a string: got ${quoteValue(line)}.`,
        `the value of each header value must be of string or array of string type, header :${name} has one or more entries of another type.`,
      );
    }
    const control = CONTROL_CHARACTER.exec(value);
    if (control !== null) {
      const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
      return violation(
        "LE-C-15",
        viewerText.invalidResult,
        subject,
        `has the invalid character '%${code}' in its value: got ${quoteValue(value)}.`,
        `the function returned an invalid header, invalid character : '%${code}' in header value, headerName : ${canonicalHeaderName(name)}.`,
      );
    }
    lines.push({ key: checkKey(name, line["key"], warnings), value });
  }
  return { name, lines };
}

function checkKey(name: string, key: unknown, warnings: ResultWarning[]): string {
  if (typeof key === "string" && key.toLowerCase() === name) {
    return key;
  }
  const canonical = canonicalHeaderName(name);
  if (key !== undefined) {
    warnings.push({
      factId: "LE-B-17",
      message: `headers.${name} has another name as its key: got ${quoteValue(key)}. ${canonical} is sent; AWS does not say what CloudFront does.`,
    });
  }
  return canonical;
}
