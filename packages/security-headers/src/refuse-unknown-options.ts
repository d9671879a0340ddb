import { didYouMean } from "./did-you-mean.ts";
import { headerOptions } from "./named-headers.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

const setNames = [
  ...headerOptions,
  "trustedTypes",
  "headers",
  "documentOnly",
  "keepIfPresent",
  "removeHeaders",
  "site",
];
const optionNames = [
  ...setNames,
  "preset",
  "origins",
  "inlineStyles",
  "documentContentTypes",
  "pathOverrides",
  "eventType",
];

/**
 * Refuses an option that security-headers does not have.
 *
 * @param place How an error names the object, as in `pathOverrides[0]`; empty for the options themselves.
 * @throws {SecurityHeadersOptionsError} `INVALID_TYPE` or `UNKNOWN_OPTION`.
 */
export function refuseUnknownOptions(options: unknown, place = ""): void {
  const allowed = place === "" ? optionNames : ["pathPattern", ...setNames];
  const subject = place === "" ? "The options are" : `${place} is`;
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw new SecurityHeadersOptionsError(
      "INVALID_TYPE",
      `${subject} not an object: got ${JSON.stringify(options)}. Allowed: ${allowed.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (allowed.includes(name)) continue;
    throw new SecurityHeadersOptionsError(
      "UNKNOWN_OPTION",
      `${place === "" ? "" : `${place}.`}${name} is not an option: got ${JSON.stringify(value)}. ${didYouMean(name, allowed)}`,
    );
  }
}
