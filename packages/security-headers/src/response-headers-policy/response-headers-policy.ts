import { cloudFrontQuotas } from "cf-rules";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import { parseContentSecurityPolicy, policyText } from "../csp/content-security-policy.ts";
import { isHashSource } from "../csp/mistaken-source.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import type {
  CompiledHeaderSet,
  CompiledPathOverride,
  CompiledSecurityHeaders,
} from "../edge/compiled-security-headers.ts";
import { parseStrictTransportSecurity } from "../headers/strict-transport-security.ts";

/**
 * The `ResponseHeadersPolicyConfig` of an `AWS::CloudFront::ResponseHeadersPolicy`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-responseheaderspolicy-responseheaderspolicyconfig.html
 */
export interface ResponseHeadersPolicyConfig {
  readonly Name: string;
  readonly Comment: string;
  readonly SecurityHeadersConfig: Readonly<Record<string, object>>;
  readonly CustomHeadersConfig?: {
    readonly Items: readonly {
      readonly Header: string;
      readonly Value: string;
      readonly Override: boolean;
    }[];
  };
  readonly RemoveHeadersConfig?: { readonly Items: readonly { readonly Header: string }[] };
}

/** Which policy, of those that the options make. */
export interface ResponseHeadersPolicyOptions {
  /** Unique in the account. @default "security-headers" */
  readonly name?: string;
  /**
   * The path override whose headers the policy gets.
   * @default - those of the paths that no override matches.
   */
  readonly pathPattern?: string;
}

// LE-C-28
export const {
  /** How many headers a response headers policy sets beside those that have a place of their own. */
  perResponseHeadersPolicy: maxCustomHeaders,
  /** The longest value of a header in a policy. */
  valueCharacters: maxValueCharacters,
  totalCharacters: maxTotalCharacters,
} = cloudFrontQuotas.customHeaders;
/** How many headers a policy takes away. Users report this quota; AWS does not document it. */
export const maxRemoveHeaders = 10;

/** What origins really send comes first, since a policy removes no more than ten. */
const oftenSent =
  `server x-powered-by x-aspnet-version x-aspnetmvc-version x-generator x-redirect-by
x-php-version powered-by`.split(/\s+/);

/** How a header is written in `SecurityHeadersConfig`; undefined for a text that it has no place for. */
const securityHeaders: Readonly<
  Record<string, readonly [property: string, write: (value: string) => object | undefined]>
> = {
  "strict-transport-security": [
    "StrictTransportSecurity",
    (value) => {
      const { maxAgeSeconds, includeSubDomains, preload } = parseStrictTransportSecurity(value);
      return {
        AccessControlMaxAgeSec: maxAgeSeconds,
        IncludeSubdomains: includeSubDomains,
        Preload: preload,
      };
    },
  ],
  "content-security-policy": [
    "ContentSecurityPolicy",
    (value) => ({ ContentSecurityPolicy: value }),
  ],
  "x-content-type-options": ["ContentTypeOptions", () => ({})],
  "x-frame-options": ["FrameOptions", (value) => ({ FrameOption: value })],
  "x-xss-protection": ["XSSProtection", xssProtection],
  "referrer-policy": [
    "ReferrerPolicy",
    // The last one is the one that browsers of today take.
    (value) => ({ ReferrerPolicy: value.split(",").at(-1)?.trim() }),
  ],
};

/**
 * Returns a CloudFront response headers policy with the headers of compiled options, as CloudFormation
 * takes it. It is for the responses that the function does not see: errors of the origin, custom error
 * pages, generated responses (LE-A-08, LE-A-10, LE-A-11). On all others the function has the last word,
 * and takes away what a policy sets that does not belong there.
 */
export function responseHeadersPolicy(
  compiled: CompiledSecurityHeaders,
  { name = "security-headers", pathPattern }: ResponseHeadersPolicyOptions = {},
): ResponseHeadersPolicyConfig {
  const lines = policyLines(compiled, pathPattern).filter(({ isTooLong }) => !isTooLong);
  const custom = fittingCustomLines(lines);
  const removed = removedNames(policySet(compiled, pathPattern).removeHeaders).slice(
    0,
    maxRemoveHeaders,
  );
  return {
    Name: name,
    Comment: "The headers that security-headers sets, for responses that it does not see.",
    SecurityHeadersConfig: Object.fromEntries(
      lines.flatMap(({ lowerCaseName, value, override }) => {
        const [property, write] = securityHeaders[lowerCaseName] ?? [];
        const written = write?.(value);
        return property === undefined || written === undefined
          ? []
          : [[property, { ...written, Override: override }]];
      }),
    ),
    ...(custom.length > 0 && {
      CustomHeadersConfig: {
        Items: custom.map(({ key, value, override }) => ({
          Header: key,
          Value: value,
          Override: override,
        })),
      },
    }),
    ...(removed.length > 0 && {
      RemoveHeadersConfig: { Items: removed.map((header) => ({ Header: header })) },
    }),
  };
}

/**
 * Returns a CloudFront response headers policy with the headers of the options; as
 * `responseHeadersPolicy`. What it cannot say, `responseHeadersPolicyGaps` lists.
 *
 * @throws {SecurityHeadersOptionsError} as `compileSecurityHeaders`.
 */
export function responseHeadersPolicyConfig(
  options: SecurityHeadersOptions = {},
  policy: ResponseHeadersPolicyOptions = {},
): ResponseHeadersPolicyConfig {
  return responseHeadersPolicy(compileSecurityHeaders(options), policy);
}

/** One header of a policy. */
export interface PolicyLine {
  readonly lowerCaseName: string;
  readonly key: string;
  readonly value: string;
  readonly override: boolean;
  /** Whether CloudFront takes no value of this length; hashes are left out before. */
  readonly isTooLong: boolean;
}

/** Returns the headers of a policy before its quotas. */
export function policyLines(
  compiled: CompiledSecurityHeaders,
  pathPattern: string | undefined,
): readonly PolicyLine[] {
  const set = policySet(compiled, pathPattern);
  // There the policy comes after the function, so that the function's headers must win.
  const isLast = compiled.eventType === "origin-response";
  const headers = isLast ? everywhere(compiled, set) : { ...set.headers, ...set.documentHeaders };
  return Object.entries(headers).flatMap(([lowerCaseName, [line]]) => {
    if (line === undefined) return [];
    const value =
      line.value.length > maxValueCharacters && lowerCaseName.startsWith("content-security-policy")
        ? shortenedPolicy(line.value)
        : line.value;
    const override = !isLast && set.keepIfPresent?.includes(lowerCaseName) !== true;
    const isTooLong = value.length > maxValueCharacters;
    return { lowerCaseName, key: line.key, value, override, isTooLong };
  });
}

/** Returns the headers without a place of their own in a policy that fit into one: the first of them. */
export function fittingCustomLines(lines: readonly PolicyLine[]): readonly PolicyLine[] {
  let characters = 0;
  return lines
    .filter(isCustom)
    .slice(0, maxCustomHeaders)
    .filter(({ key, value }) => (characters += key.length + value.length) <= maxTotalCharacters);
}

/** Returns whether a header has no place of its own in a policy. */
export function isCustom({ lowerCaseName }: PolicyLine): boolean {
  return securityHeaders[lowerCaseName] === undefined;
}

/** Returns the headers that the options take away, what origins really send first. */
export function removedNames(removeHeaders: readonly string[] = []): readonly string[] {
  const first = oftenSent.filter((name) => removeHeaders.includes(name));
  return [...new Set([...first, ...removeHeaders])];
}

/** Returns the headers of a path override, or those of all other paths. */
export function policySet(
  compiled: CompiledSecurityHeaders,
  pathPattern: string | undefined,
): CompiledHeaderSet | CompiledPathOverride {
  return compiled.pathOverrides?.find((each) => each.pathPattern === pathPattern) ?? compiled;
}

/** What no Content-Type and no path does without: nothing takes away what a later policy adds. */
function everywhere({ pathOverrides = [] }: CompiledSecurityHeaders, set: CompiledHeaderSet) {
  return Object.fromEntries(
    Object.entries(set.headers).filter(([name]) =>
      pathOverrides.every(({ headers }) => headers[name] !== undefined),
    ),
  );
}

function xssProtection(value: string): object {
  const [protection, parameter] = value.split(/;\s*/);
  if (protection === "0") return { Protection: false };
  if (parameter === undefined) return { Protection: true };
  return parameter === "mode=block"
    ? { Protection: true, ModeBlock: true }
    : { Protection: true, ReportUri: parameter.slice("report=".length) };
}

/**
 * A Content-Security-Policy with `'self'` in place of its hashes is much shorter, and whatever the site
 * itself serves still works, but for inline code.
 */
function shortenedPolicy(text: string): string {
  const directives = [...parseContentSecurityPolicy(text)].map(
    ([name, values]) => [name, values.some(isHashSource) ? withoutHashes(values) : values] as const,
  );
  return policyText(new Map(directives));
}

function withoutHashes(values: readonly string[]): readonly string[] {
  const rest = values.filter((value) => !isHashSource(value) && value !== "'strict-dynamic'");
  return rest.includes("'self'") ? rest : ["'self'", ...rest];
}
