import type { CloudFrontQuotas } from "cf-rules";
import type { CloudAssemblyError, TemplateProperty } from "cloud-assembly";

/**
 * Refuses a distribution with more cache behaviors, origins, origin groups, custom headers or
 * functions than the account may have (CF-J-13, LE-E-07, LE-E-19, LE-E-20).
 *
 * @throws {CloudAssemblyError} when a quota is exceeded.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function checkDistributionQuotas(config: TemplateProperty, quotas: CloudFrontQuotas): void {
  const origins = config.property("Origins");
  const cacheBehaviors = config.property("CacheBehaviors");
  const originGroups = config.property("OriginGroups").property("Items");
  checkCount(origins, quotas.originsPerDistribution, "originsPerDistribution", "LE-E-19");
  checkCount(
    cacheBehaviors,
    quotas.cacheBehaviorsPerDistribution,
    "cacheBehaviorsPerDistribution",
    "CF-J-13",
  );
  checkCount(
    originGroups,
    quotas.originGroupsPerDistribution,
    "originGroupsPerDistribution",
    "LE-E-19",
  );
  for (const origin of origins.items()) {
    const headers = origin.property("OriginCustomHeaders");
    checkCount(headers, quotas.customHeaders.perOrigin, "customHeaders.perOrigin", "LE-E-20");
    checkCustomHeaders(headers, "HeaderName", "HeaderValue", quotas);
  }
  checkFunctions(config, quotas.functionsPerDistribution);
}

/**
 * Refuses a policy that names more than it may (LE-E-21).
 *
 * @param selections what holds `HeadersConfig`, `CookiesConfig` and `QueryStringsConfig`.
 * @throws {CloudAssemblyError} when a quota is exceeded.
 */
export function checkPolicyQuotas(
  selections: TemplateProperty,
  { policy }: CloudFrontQuotas,
): void {
  const namesOf = (noun: string): TemplateProperty =>
    selections.property(`${noun}Config`).property(noun);
  const lists = {
    headers: namesOf("Headers"),
    cookies: namesOf("Cookies"),
    queryStrings: namesOf("QueryStrings"),
  };
  for (const kind of ["headers", "cookies", "queryStrings"] as const) {
    checkCount(lists[kind], policy[kind], `policy.${kind}`, "LE-E-21");
  }
  const names = Object.values(lists).flatMap((list) => list.strings());
  const characters = names.join("").length;
  if (characters > policy.nameCharacters) {
    throw tooMuch(
      lists.headers,
      `and the names of cookies and query strings are longer than ${policy.nameCharacters} characters together`,
      "policy.nameCharacters",
      "LE-E-21",
      characters,
    );
  }
}

/**
 * Refuses a response headers policy with more custom headers than it may have, or larger ones
 * (LE-C-28).
 *
 * @param headers the list of `CustomHeadersConfig`.
 * @throws {CloudAssemblyError} when a quota is exceeded.
 */
export function checkResponseHeadersQuotas(
  headers: TemplateProperty,
  quotas: CloudFrontQuotas,
): void {
  const { perResponseHeadersPolicy } = quotas.customHeaders;
  const quotaName = "customHeaders.perResponseHeadersPolicy";
  checkCount(headers, perResponseHeadersPolicy, quotaName, "LE-C-28");
  checkCustomHeaders(headers, "Header", "Value", quotas);
}

function checkCustomHeaders(
  headers: TemplateProperty,
  nameProperty: string,
  valueProperty: string,
  { customHeaders }: CloudFrontQuotas,
): void {
  let total = 0;
  for (const header of headers.items()) {
    const { nameCharacters, valueCharacters } = customHeaders;
    total += checkLength(header.property(nameProperty), nameCharacters, "nameCharacters");
    total += checkLength(header.property(valueProperty), valueCharacters, "valueCharacters");
  }
  if (total > customHeaders.totalCharacters) {
    throw tooMuch(
      headers,
      `are longer than ${customHeaders.totalCharacters} characters, names and values together`,
      "customHeaders.totalCharacters",
      "LE-C-28",
      total,
    );
  }
}

/** A value may be secret: only its length is shown. */
function checkLength(text: TemplateProperty, max: number, quotaName: string): number {
  const { length } = text.optionalString() ?? "";
  if (length <= max) return length;
  const problem = `is longer than ${max} characters`;
  throw tooMuch(text, problem, `customHeaders.${quotaName}`, "LE-C-28", length);
}

function checkCount(list: TemplateProperty, max: number, quotaName: string, factId: string): void {
  const { length } = list.items();
  if (length <= max) return;
  throw tooMuch(list, `holds more than ${max}`, quotaName, factId, length);
}

/** Versions of one function count each: CloudFront replicates versions. */
function checkFunctions(config: TemplateProperty, max: number): void {
  const behaviors = [
    config.property("DefaultCacheBehavior"),
    ...config.property("CacheBehaviors").items(),
  ];
  const arns = behaviors
    .flatMap((behavior) => behavior.property("LambdaFunctionAssociations").items())
    .map((association) => association.property("LambdaFunctionARN").string());
  const { size } = new Set(arns);
  if (size <= max) return;
  const problem = `associates more than ${max} Lambda@Edge functions`;
  throw tooMuch(config, problem, "functionsPerDistribution", "LE-E-07", size);
}

function tooMuch(
  property: TemplateProperty,
  problem: string,
  quotaName: string,
  factId: string,
  got: number,
): CloudAssemblyError {
  const remedy = `Stay within it, or pass quotas with another ${quotaName} where AWS has raised the account's.`;
  return property.error(problem, remedy, factId, got);
}
