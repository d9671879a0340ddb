import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "../edge/compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import {
  type ResponseHeadersPolicyOptions,
  fittingCustomLines,
  isCustom,
  maxCustomHeaders,
  maxRemoveHeaders,
  maxTotalCharacters,
  maxValueCharacters,
  policyLines,
  policySet,
  removedNames,
} from "./response-headers-policy.ts";

/**
 * Returns one sentence for each thing that a response headers policy cannot say of the options.
 *
 * @throws {SecurityHeadersOptionsError} as `compileSecurityHeaders`.
 */
export function responseHeadersPolicyGaps(
  options: SecurityHeadersOptions = {},
  { pathPattern }: Pick<ResponseHeadersPolicyOptions, "pathPattern"> = {},
): readonly string[] {
  const compiled = compileSecurityHeaders(options);
  const { documentHeaders = {}, removeHeaders } = policySet(compiled, pathPattern);
  const documentOnly = Object.values(documentHeaders).flatMap((lines) => lines.map(keyOf));
  const gaps = [...policyLosses(compiled, pathPattern)];
  if (documentOnly.length > 0) {
    const fate =
      compiled.eventType === "origin-response"
        ? "are left out"
        : "go on every response that the function does not see";
    gaps.unshift(`${documentOnly.join(", ")} ${fate}: a policy knows no Content-Type.`);
  }
  gaps.push(...overflow("removed headers", removedNames(removeHeaders), maxRemoveHeaders));
  if (pathPattern === undefined && compiled.pathOverrides !== undefined) {
    gaps.push(
      "Responses that the function does not see have the headers of the paths that no override matches.",
    );
  }
  return gaps;
}

/** Returns one sentence for each header that responses which the function does not see lack or shorten. */
export function policyLosses(
  compiled: CompiledSecurityHeaders,
  pathPattern?: string,
): readonly string[] {
  const { headers, documentHeaders } = policySet(compiled, pathPattern);
  const lines = policyLines(compiled, pathPattern);
  const losses = lines.flatMap(({ lowerCaseName, key, value, isTooLong }) => {
    const given = { ...headers, ...documentHeaders }[lowerCaseName]?.[0]?.value ?? "";
    if (isTooLong) {
      return `${key} is left out of the response headers policy: it has ${value.length} characters, and CloudFront takes ${maxValueCharacters}.`;
    }
    if (value !== given) {
      return `${key} has ${given.length} characters, and a response headers policy takes ${maxValueCharacters}: there 'self' stands in place of the hashes.`;
    }
    return lowerCaseName === "referrer-policy" && value.includes(",")
      ? "Referrer-Policy: a response headers policy keeps the last one of the list only."
      : [];
  });
  const sendable = lines.filter(({ isTooLong }) => !isTooLong);
  const fitting = fittingCustomLines(sendable);
  const custom = sendable.filter(isCustom);
  const tooMany = overflow("custom headers", custom.map(keyOf), maxCustomHeaders);
  const crowdedOut = custom.slice(0, maxCustomHeaders).filter((line) => !fitting.includes(line));
  const tooMuch = crowdedOut.map(
    ({ key }) =>
      `${key} is left out of the response headers policy: CloudFront takes ${maxTotalCharacters} characters for the names and values of all custom headers.`,
  );
  return [...losses, ...tooMany, ...tooMuch];
}

function keyOf({ key }: { readonly key: string }): string {
  return key;
}

function overflow(what: string, names: readonly string[], max: number): readonly string[] {
  if (names.length <= max) return [];
  return [
    `A response headers policy takes ${max} ${what}: ${names.length - max} are left out, from ${names[max]} on.`,
  ];
}
