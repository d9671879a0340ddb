import type {
  CompiledCondition,
  CompiledRule,
  CompiledSecretRedirect,
  ValueCondition,
} from "../edge/compiled-secret-redirect.ts";
import type { PolicySelection, PolicySelections, SynthesizedCacheBehavior } from "cf-types";
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
}

type Finding = Omit<RedirectFinding, "rule">;

/**
 * Returns what cannot work on a cache behavior: what a rule reads and CloudFront does not forward to the
 * origin-request event (LE-B-07, LE-B-45, LE-B-50, LE-B-57), answers that differ and share a cache entry
 * (CF-G-01, CF-G-02), answers that must not be stored and are (CF-G-11).
 */
export function checkSecretRedirect({
  compiled,
  cacheBehavior,
}: SecretRedirectCheck): RedirectFinding[] {
  return compiled.rules.flatMap((rule, index) => {
    const name = ruleName(rule, index);
    const findings = [
      ...(rule.when ?? []).flatMap((condition) => conditionFindings(condition, cacheBehavior)),
      ...queryFindings(rule, cacheBehavior),
    ];
    return findings.map((each) => ({
      ...each,
      rule: name,
      message: `${name} on ${cacheBehavior.pathPattern}: ${each.message}`,
    }));
  });
}

function conditionFindings(condition: CompiledCondition, facts: CacheBehaviorFacts): Finding[] {
  if (condition.in === "time") return [];
  if (condition.in === "method") return methodFindings(condition);
  const what = `the ${nounOf(condition)} ${condition.name}`;
  const inKey = isNamed(condition, facts.cachePolicy);
  const isForwarded =
    inKey || (!!facts.originRequestPolicy && isNamed(condition, facts.originRequestPolicy));
  const findings: Finding[] = [];
  if (!isForwarded || (condition.in === "query" && !hasAllQueries(facts))) {
    const remedy =
      condition.in === "query"
        ? "CloudFront shows a function on origin-request the query string only when all of it is forwarded: set the query strings of the cache policy to all."
        : `Add it to the cache policy's ${nounOf(condition)}s.`;
    findings.push({
      severity: "error",
      kind: "not-forwarded",
      message: `it reads ${what}, which does not reach the function. ${remedy}`,
    });
  } else if (!inKey) {
    findings.push({
      severity: "error",
      kind: "not-in-cache-key",
      message: `its response depends on ${what}, which is not in the cache key: one viewer's response would be given to others. Add it to the cache policy, not only to the origin request policy.`,
    });
  }
  if (condition.sha256 !== undefined && facts.cachePolicy.minTtlSeconds > 0) {
    findings.push({
      severity: "warning",
      kind: "kept-too-long",
      message: `the response to its token is no-store, but the cache policy's minimum TTL keeps it for ${facts.cachePolicy.minTtlSeconds} s all the same. Set the minimum TTL to 0.`,
    });
  }
  if (condition.name === "host" && facts.originType === "s3") {
    findings.push({
      severity: "error",
      kind: "not-forwarded",
      message:
        "it reads the viewer's Host, which an S3 origin refuses (403) when it is forwarded. Copy it into another header in a viewer-request function, and name that in hostHeader.",
    });
  }
  return findings;
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

function queryFindings({ query, to }: CompiledRule, facts: CacheBehaviorFacts): Finding[] {
  const captured =
    typeof to !== "string" && to.some((part) => typeof part !== "string" && "parameter" in part);
  if (query === undefined && !captured) return [];
  const inKey = facts.cachePolicy.queryStrings === "all";
  if (inKey) return [];
  if (hasAllQueries(facts)) {
    return [
      {
        severity: "error",
        kind: "not-in-cache-key",
        message:
          'it passes the query string on, which is not in the cache key: one viewer\'s parameters would be given to others. Set the query strings of the cache policy to all, or query to "drop".',
      },
    ];
  }
  return [
    {
      severity: "warning",
      kind: "not-forwarded",
      message:
        'it passes the query string on, but the function does not see one unless all query strings are forwarded. Set the query strings of the cache policy to all, or query to "drop".',
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
  if (source === "query") return includes(policy.queryStrings, name);
  if (source === "cookie") return includes(policy.cookies, name);
  const { headers } = policy;
  // CF-G-04: header names are compared in any letter case.
  const fold = (names: readonly string[]): string[] => names.map((each) => each.toLowerCase());
  if (typeof headers === "string") return headers === "all" && !name.startsWith("cloudfront-");
  if ("allViewerAnd" in headers) {
    return !name.startsWith("cloudfront-") || fold(headers.allViewerAnd).includes(name);
  }
  if ("allExcept" in headers) {
    return !name.startsWith("cloudfront-") && !fold(headers.allExcept).includes(name);
  }
  return fold(headers).includes(name);
}

function includes(names: PolicySelection, name: string): boolean {
  if (typeof names === "string") return names === "all";
  return "allExcept" in names ? !names.allExcept.includes(name) : names.includes(name);
}
