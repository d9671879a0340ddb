import { isTextList } from "option-checks";
import { compileHeaderSet } from "./compile-header-set.ts";
import type {
  CompiledPathOverride,
  CompiledSecurityHeaders,
} from "../edge/compiled-security-headers.ts";
import type { PathOverrideOptions, SecurityHeadersOptions } from "../options.ts";
import { compilePathPattern } from "./path-pattern.ts";
import { presetNames } from "./presets.ts";
import { headerOptions } from "../headers/named-headers.ts";
import { checks, SecurityHeadersOptionsError } from "../security-headers-options-error.ts";

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

const defaultContentTypes = ["text/html", "application/xhtml+xml"];

/**
 * Returns the options in the form that `createSecurityHeaders` takes.
 *
 * @throws {SecurityHeadersOptionsError} when an option is unknown or of the wrong type, when a value
 *   cannot be sent or does not mean what it looks like, or when a function of the event type may not set
 *   or remove a header.
 */
export function compileSecurityHeaders(
  options: SecurityHeadersOptions = {},
): CompiledSecurityHeaders {
  checks.refuseUnknownKeys("", options, optionNames);
  const { preset = "original", eventType = "viewer-response" } = options;
  checks.refuseOtherThan("preset", preset, presetNames);
  checks.refuseOtherThan("eventType", eventType, ["viewer-response", "origin-response"]);
  const set = compileHeaderSet(options, eventType);
  const pathOverrides = compilePathOverrides(options);
  const distinguishesDocuments = [set, ...pathOverrides].some(
    ({ documentHeaders }) => documentHeaders !== undefined,
  );
  const documentContentType = compileContentTypes(options);
  return {
    ...set,
    ...(distinguishesDocuments && { documentContentType }),
    ...(pathOverrides.length > 0 && { pathOverrides }),
    ...(eventType === "origin-response" && { eventType }),
  };
}

function compilePathOverrides(options: SecurityHeadersOptions): readonly CompiledPathOverride[] {
  const { pathOverrides = [], eventType = "viewer-response", ...base } = options;
  if (!Array.isArray(pathOverrides)) {
    const remedy = 'Give objects, as in [{"pathPattern": "/embed/*", "xFrameOptions": false}].';
    throw checks.invalidType("pathOverrides", "is not a list", pathOverrides, remedy);
  }
  return pathOverrides.map((override: PathOverrideOptions, index) => {
    const place = `pathOverrides[${index}]`;
    checks.refuseUnknownKeys(place, override, ["pathPattern", ...setNames]);
    const { pathPattern, ...own } = override;
    const pattern = compilePathPattern(pathPattern, `${place}.pathPattern`);
    try {
      const set = compileHeaderSet(layOver(base, own), eventType);
      return { pathPattern, ...(pattern !== undefined && { pattern }), ...set };
    } catch (cause) {
      if (!(cause instanceof SecurityHeadersOptionsError)) throw cause;
      throw new SecurityHeadersOptionsError(cause.code, `${place}.${cause.message}`, { cause });
    }
  });
}

/** Directives and further headers are laid over one by one, all else as a whole. */
function layOver(
  base: SecurityHeadersOptions,
  own: Omit<PathOverrideOptions, "pathPattern">,
): SecurityHeadersOptions {
  // A policy that is written out is not the place for what the site's policy gets from them.
  const ownText = typeof own.contentSecurityPolicy === "string";
  return {
    ...(ownText ? withoutKeys(base, ["site", "origins", "inlineStyles", "trustedTypes"]) : base),
    ...own,
    ...(base.headers !== undefined && { headers: { ...base.headers, ...own.headers } }),
    ...directivesOver(base, own, "contentSecurityPolicy"),
    ...directivesOver(base, own, "contentSecurityPolicyReportOnly"),
  };
}

function withoutKeys(
  options: SecurityHeadersOptions,
  names: readonly string[],
): SecurityHeadersOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}

function directivesOver(
  base: SecurityHeadersOptions,
  own: Omit<PathOverrideOptions, "pathPattern">,
  option: "contentSecurityPolicy" | "contentSecurityPolicyReportOnly",
): SecurityHeadersOptions {
  const { [option]: below } = base;
  const { [option]: above } = own;
  if (!below || !above || typeof below !== "object" || typeof above !== "object") return {};
  return {
    [option]: { ...below, ...above, directives: { ...below.directives, ...above.directives } },
  };
}

function compileContentTypes({ documentContentTypes }: SecurityHeadersOptions): string {
  const given: unknown = documentContentTypes ?? defaultContentTypes;
  const isType = (each: string): boolean => /^[\w.+-]+\/[\w.+-]+$/.test(each);
  if (!isTextList(given) || given.length === 0 || !given.every(isType)) {
    const remedy = 'Give types without parameters, as in ["text/html"].';
    throw checks.invalidValue(
      "documentContentTypes",
      "is not a list of content types",
      given,
      remedy,
    );
  }
  const types = given.map((type) => type.replaceAll(/[.+]/g, String.raw`\$&`));
  return `^\\s*(?:${types.join("|")})\\s*(?:;|$)`;
}
