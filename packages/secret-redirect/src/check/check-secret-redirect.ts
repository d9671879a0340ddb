import { policyHas } from "cf-rules";
import type {
  CompiledCondition,
  CompiledRule,
  CompiledSecretRedirect,
  ValueCondition,
} from "../edge/compiled-secret-redirect.ts";
import type { EdgeEngine, EventType, PolicySelections, SynthesizedCacheBehavior } from "cf-types";
import { ruleName } from "./analyzed-rules.ts";
import type { RedirectFinding } from "./redirect-finding.ts";

/** What a check reads of the cache behavior that the function runs on. */
export type CacheBehaviorFacts = Pick<
  SynthesizedCacheBehavior,
  "pathPattern" | "cachePolicy" | "originRequestPolicy" | "originType"
>;

/** The compiled options, and the cache behavior that they are to work on. */
export interface SecretRedirectCheck {
  readonly compiled: CompiledSecretRedirect;
  readonly cacheBehavior: CacheBehaviorFacts;
  /**
   * The event that the function is associated with.
   * @default "origin-request"
   */
  readonly eventType?: EventType;
  /**
   * On which engine the function runs.
   * @default "lambda-edge"
   */
  readonly engine?: EdgeEngine;
}

type Finding = Omit<RedirectFinding, "rule">;

/** A remedy: there the function sees what the viewer sends, and no response of its is cached. */
export const onViewerRequest =
  'Let the function run on viewer-request, as in { package: "secret-redirect", eventType: "viewer-request", … }';

/**
 * Returns what cannot work on a cache behavior: what a rule reads and CloudFront does not forward to the
 * origin-request event (LE-B-07, LE-B-45, LE-B-50, LE-B-57), responses that differ and share a cache entry
 * (CF-G-01, CF-G-02), responses that must not be stored and are (CF-G-11).
 */
export function checkSecretRedirect({
  compiled,
  cacheBehavior,
  eventType = "origin-request",
  engine = "lambda-edge",
}: SecretRedirectCheck): RedirectFinding[] {
  const check = eventType === "viewer-request" ? viewerRequestFindings : originRequestFindings;
  return compiled.rules.flatMap((rule, index) => {
    const name = ruleName(rule, index);
    return check(rule, cacheBehavior, engine).map((each) => ({
      ...each,
      rule: name,
      message: `${name} on ${cacheBehavior.pathPattern}: ${each.message}`,
    }));
  });
}

function originRequestFindings(rule: CompiledRule, facts: CacheBehaviorFacts): readonly Finding[] {
  return [
    ...(rule.when ?? []).flatMap((condition) => conditionFindings(condition, facts)),
    ...queryFindings(rule, facts),
  ];
}

/** There a function sees what the viewer sends, and no cache keeps its response; LE-B-50 is what remains. */
function viewerRequestFindings(
  { when = [] }: CompiledRule,
  { cachePolicy, originRequestPolicy }: CacheBehaviorFacts,
  engine: EdgeEngine,
): readonly Finding[] {
  return when.flatMap((condition) => {
    if (condition.in !== "header" || !isAddedLater(condition.name)) return [];
    const what = `it reads the header ${condition.name}, which`;
    if (engine === "lambda-edge") {
      return notForwarded(
        `${what} CloudFront adds after viewer-request for Lambda@Edge. Let it run as a CloudFront Function, as in { engine: "cloudfront-function", … }, or leave eventType out.`,
      );
    }
    const isForwarded = [cachePolicy, originRequestPolicy].some(
      (policy) => policy !== undefined && isNamed(condition, policy),
    );
    if (isForwarded) return [];
    const cacheKey = `cacheKey: { headers: ${JSON.stringify([condition.name])} }`;
    return notForwarded(
      `${what} CloudFront adds where a policy asks for it. Put it into the cache key, as in ${cacheKey}.`,
    );
  });
}

function conditionFindings(condition: CompiledCondition, facts: CacheBehaviorFacts): Finding[] {
  if (condition.in === "time") return [];
  if (condition.in === "method") return methodFindings(condition);
  if (condition.name === "host" && facts.originType === "s3") {
    return notForwarded(
      `it reads the viewer's Host, which an S3 origin refuses (403) when it is forwarded. ${onViewerRequest}.`,
    );
  }
  const what = `the ${nounOf(condition)} ${condition.name}`;
  const inKey = isNamed(condition, facts.cachePolicy);
  const isForwarded =
    inKey || (!!facts.originRequestPolicy && isNamed(condition, facts.originRequestPolicy));
  const findings: Finding[] = [];
  if (condition.in === "query" && !hasAllQueries(facts)) {
    findings.push(
      ...notForwarded(
        `it reads ${what}, which does not reach the function: on origin-request it sees the query string only when all of it is forwarded. ${remedyFor(condition, facts)}.`,
      ),
    );
  } else if (!isForwarded) {
    findings.push(
      ...notForwarded(
        `it reads ${what}, which does not reach the function. ${remedyFor(condition, facts)}.`,
      ),
    );
  } else if (!inKey) {
    findings.push({
      severity: "error",
      kind: "not-in-cache-key",
      message: `its response depends on ${what}, which is not in the cache key: one viewer's response would be given to others. ${remedyFor(condition, facts)}.`,
    });
  }
  if (condition.sha256 !== undefined && facts.cachePolicy.minTtlSeconds > 0) {
    findings.push({
      severity: "warning",
      kind: "kept-too-long",
      message: `the response to its token is no-store, but the cache policy's minimum TTL keeps it for ${facts.cachePolicy.minTtlSeconds} s all the same. ${onViewerRequest}, or set the minimum TTL to 0.`,
    });
  }
  return findings;
}

/** What lets a function see a value, and keeps the responses to others apart. */
function remedyFor({ in: source, name }: ValueCondition, { pathPattern }: CacheBehaviorFacts) {
  const option = source === "query" ? "queryStrings" : source === "cookie" ? "cookies" : "headers";
  const value = source === "query" ? '"all"' : JSON.stringify([name]);
  const cacheKey = `it into the cache key, as in cacheKey: { ${option}: ${value} }`;
  if (!isAddedLater(name)) return `${onViewerRequest}, or put ${cacheKey}`;
  const elsewhere = `, or take ${JSON.stringify(pathPattern)} out of the function's pathPatterns`;
  return `Put ${cacheKey}${pathPattern === "*" ? "" : elsewhere}`;
}

function isAddedLater(name: string): boolean {
  return name.startsWith("cloudfront-");
}

function notForwarded(message: string): Finding[] {
  return [{ severity: "error", kind: "not-forwarded", message }];
}

/** CF-G-01: GET and HEAD share a cache entry; what is not cached needs no key. */
function methodFindings({ oneOf = [] }: ValueCondition): Finding[] {
  if (oneOf.includes("GET") === oneOf.includes("HEAD")) return [];
  return [
    {
      severity: "error",
      kind: "not-in-cache-key",
      message: `its methods are ${oneOf.join(", ")}, but GET and HEAD share a cache entry. Name both or none of them.`,
    },
  ];
}

function queryFindings({ query }: CompiledRule, facts: CacheBehaviorFacts): Finding[] {
  if (query === undefined || facts.cachePolicy.queryStrings === "all") return [];
  const remedy = `${onViewerRequest}, set query to "drop", or put all of it into the cache key, as in cacheKey: { queryStrings: "all" }.`;
  return hasAllQueries(facts)
    ? [
        {
          severity: "error",
          kind: "not-in-cache-key",
          message: `it passes the query string on, which is not in the cache key: one viewer's parameters would be given to others. ${remedy}`,
        },
      ]
    : [
        {
          severity: "warning",
          kind: "not-forwarded",
          message: `it passes the query string on, but on origin-request the function sees none unless all of it is forwarded. ${remedy}`,
        },
      ];
}

function hasAllQueries({ cachePolicy, originRequestPolicy }: CacheBehaviorFacts): boolean {
  return cachePolicy.queryStrings === "all" || originRequestPolicy?.queryStrings === "all";
}

function nounOf({ in: source }: ValueCondition): "query string" | "cookie" | "header" {
  if (source === "query") return "query string";
  return source === "cookie" ? "cookie" : "header";
}

function isNamed({ in: source, name }: ValueCondition, policy: PolicySelections): boolean {
  return policyHas(policy, source === "query" || source === "cookie" ? source : "header", name);
}
