import type { LambdaEdgeQuotas } from "./quotas.ts";
import { quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

// Spaces and control characters; more than these is not documented.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN_IN_URI = /[\u0000-\u0020\u007f]/;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN_IN_QUERYSTRING = /[\u0000-\u0020\u007f#]/;

/** The violation of a uri that is no path. */
export function invalidUri(uri: unknown): ResultViolation {
  return violation(
    typeof uri === "string" ? "LE-B-11" : "LE-B-56",
    viewerText.uri,
    "uri",
    `is not a path: got ${quoteValue(uri)}. It starts with "/" and has neither spaces nor control characters.`,
  );
}

/** Checks a uri that a function changed (LE-B-11). */
export function checkUri(uri: unknown, warnings: ResultWarning[]): ResultViolation | undefined {
  if (typeof uri !== "string" || !uri.startsWith("/") || FORBIDDEN_IN_URI.test(uri)) {
    return invalidUri(uri);
  }
  if (/[?#]/.test(uri)) {
    warnings.push({
      factId: "LE-B-11",
      message: `uri is a path without query string and fragment: got ${quoteValue(uri)}. Use querystring.`,
    });
  }
  return undefined;
}

/** Checks a query string that a function changed (LE-B-09). */
export function checkQuerystring(
  querystring: unknown,
  warnings: ResultWarning[],
): ResultViolation | undefined {
  if (typeof querystring !== "string" || FORBIDDEN_IN_QUERYSTRING.test(querystring)) {
    return violation(
      "LE-B-09",
      viewerText.uri,
      "querystring",
      `is not allowed: got ${quoteValue(querystring)}. Use a string without spaces, control characters and "#".`,
    );
  }
  if (querystring.startsWith("?")) {
    warnings.push({
      factId: "LE-B-06",
      message: `querystring has no leading "?": got ${quoteValue(querystring)}.`,
    });
  }
  return undefined;
}

/** Checks the length of uri and query string together (LE-B-10). */
export function checkLength(
  uri: string,
  querystring: string,
  quotas: LambdaEdgeQuotas,
): ResultViolation | undefined {
  const characters = uri.length + querystring.length;
  return characters < quotas.uriAndQuerystringCharacters
    ? undefined
    : violation(
        "LE-B-10",
        viewerText.uri,
        "uri",
        `and querystring are too long: got ${characters} characters. Fewer than ${quotas.uriAndQuerystringCharacters} are allowed.`,
      );
}
