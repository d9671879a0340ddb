import { compileSecurityHeaders } from "./compile-security-headers.ts";
import type { CompiledHeaderSet } from "./compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { parseStrictTransportSecurity } from "./strict-transport-security.ts";

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

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-response-headers-policies
// LE-C-28.
const maxCustomHeaders = 10;
const maxValueCharacters = 1783;
// Users report this quota; the facts do not hold it.
const maxRemoveHeaders = 10;

/** What origins really send comes first, since a policy removes no more than ten. */
const oftenSent = [
  "server",
  "x-powered-by",
  "x-aspnet-version",
  "x-aspnetmvc-version",
  "x-generator",
  "x-redirect-by",
  "x-php-version",
  "powered-by",
];

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
 * Returns a CloudFront response headers policy with the same headers, as CloudFormation takes it. It is
 * for the responses that no viewer-response function sees: errors of the origin, custom error pages,
 * generated responses (LE-A-08, LE-A-10, LE-A-11). What it cannot say, `responseHeadersPolicyGaps` lists.
 *
 * @throws {SecurityHeadersOptionsError} as `compileSecurityHeaders`.
 */
export function responseHeadersPolicyConfig(
  options: SecurityHeadersOptions = {},
  { name = "security-headers", pathPattern }: ResponseHeadersPolicyOptions = {},
): ResponseHeadersPolicyConfig {
  const set = headerSet(options, pathPattern);
  const custom = customHeaders(set).slice(0, maxCustomHeaders);
  const removed = removedHeaders(set).slice(0, maxRemoveHeaders);
  return {
    Name: name,
    Comment: "The headers that security-headers sets, for responses that it does not see.",
    SecurityHeadersConfig: Object.fromEntries(
      lines(set).flatMap(({ lowerCaseName, value, override }) => {
        const [property, write] = securityHeaders[lowerCaseName] ?? [];
        const written = write?.(value);
        return property === undefined || written === undefined
          ? []
          : [[property, { ...written, Override: override }]];
      }),
    ),
    ...(custom.length > 0 && { CustomHeadersConfig: { Items: custom } }),
    ...(removed.length > 0 && {
      RemoveHeadersConfig: { Items: removed.map((header) => ({ Header: header })) },
    }),
  };
}

/** Returns one sentence for each thing that a response headers policy cannot say of the options. */
export function responseHeadersPolicyGaps(
  options: SecurityHeadersOptions = {},
  { pathPattern }: Pick<ResponseHeadersPolicyOptions, "pathPattern"> = {},
): readonly string[] {
  const set = headerSet(options, pathPattern);
  const all = lines(set);
  const gaps: string[] = [];
  const documentOnly = Object.values(set.documentHeaders ?? {}).flatMap((each) =>
    each.map(({ key }) => key),
  );
  if (documentOnly.length > 0) {
    gaps.push(`${documentOnly.join(", ")} go on every response: a policy knows no Content-Type.`);
  }
  if (set.headers["server"] !== undefined) {
    gaps.push(
      "Server is written as a custom header; AWS does not say whether it may replace CloudFront's own.",
    );
  }
  for (const { lowerCaseName, key, value } of all) {
    if (lowerCaseName === "referrer-policy" && value.includes(",")) {
      gaps.push("Referrer-Policy: only the last policy is kept.");
    }
    if (value.length > maxValueCharacters) {
      gaps.push(
        `${key} has ${value.length} characters; CloudFront may refuse more than ${maxValueCharacters}.`,
      );
    }
  }
  gaps.push(
    ...overflow(
      "custom headers",
      customHeaders(set).map(({ Header }) => Header),
      maxCustomHeaders,
    ),
  );
  gaps.push(...overflow("removed headers", removedHeaders(set), maxRemoveHeaders));
  if (pathPattern === undefined && (options.pathOverrides?.length ?? 0) > 0) {
    gaps.push("pathOverrides need a policy each, on a cache behavior of the same path pattern.");
  }
  return gaps;
}

interface PolicyLine {
  readonly lowerCaseName: string;
  readonly key: string;
  readonly value: string;
  readonly override: boolean;
}

function headerSet(
  options: SecurityHeadersOptions,
  pathPattern: string | undefined,
): CompiledHeaderSet {
  const compiled = compileSecurityHeaders(options);
  return compiled.pathOverrides?.find((each) => each.pathPattern === pathPattern) ?? compiled;
}

function lines(set: CompiledHeaderSet): readonly PolicyLine[] {
  const { headers, documentHeaders, keepIfPresent = [] } = set;
  return Object.entries({ ...headers, ...documentHeaders }).flatMap(([lowerCaseName, [line]]) =>
    line === undefined
      ? []
      : [{ ...line, lowerCaseName, override: !keepIfPresent.includes(lowerCaseName) }],
  );
}

function customHeaders(set: CompiledHeaderSet) {
  return lines(set)
    .filter(({ lowerCaseName }) => securityHeaders[lowerCaseName] === undefined)
    .map(({ key, value, override }) => ({ Header: key, Value: value, Override: override }));
}

function removedHeaders({ removeHeaders = [] }: CompiledHeaderSet): readonly string[] {
  const first = oftenSent.filter((name) => removeHeaders.includes(name));
  return [...new Set([...first, ...removeHeaders])];
}

function overflow(what: string, names: readonly string[], max: number): readonly string[] {
  return names.length <= max
    ? []
    : [`A policy takes ${max} ${what}: ${names.length - max} are left out, from ${names[max]} on.`];
}

function xssProtection(value: string): object {
  const [protection, parameter] = value.split(/;\s*/);
  if (protection === "0") return { Protection: false };
  if (parameter === undefined) return { Protection: true };
  return parameter === "mode=block"
    ? { Protection: true, ModeBlock: true }
    : { Protection: true, ReportUri: parameter.slice("report=".length) };
}
