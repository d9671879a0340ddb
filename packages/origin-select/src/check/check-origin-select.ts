import { policyHas } from "cf-rules";
import type { EdgeEngine, EventType, SynthesizedCacheBehavior, SynthFinding } from "cf-types";
import type {
  CompiledCondition,
  CompiledOriginRule,
  CompiledOriginSelect,
} from "../edge/compiled-origin-select.ts";

/** What a check found. */
export type OriginSelectFinding = SynthFinding;

/** The distribution as far as it can contradict the options. */
export interface OriginSelectSurroundings {
  readonly eventType: EventType;
  /** @default "lambda-edge" */
  readonly engine?: EdgeEngine;
  /** The cache behaviors that run the function. */
  readonly cacheBehaviors: readonly Pick<
    SynthesizedCacheBehavior,
    "pathPattern" | "cachePolicy" | "originType"
  >[];
  /**
   * Names relative to the site's folder.
   * @default []
   */
  readonly siteFiles?: readonly string[];
  /** The path pattern of the cache behavior that takes a path; absent where that is not known. */
  readonly pathPatternOf?: (path: string) => string;
}

type Behavior = OriginSelectSurroundings["cacheBehaviors"][number];

/** Returns what in the options cannot work where the function runs. */
export function checkOriginSelect(
  compiled: CompiledOriginSelect,
  surroundings: OriginSelectSurroundings,
): readonly OriginSelectFinding[] {
  const { eventType, cacheBehaviors, engine = "lambda-edge" } = surroundings;
  if (eventType === "viewer-response") return withoutSplit(compiled);
  const perBehavior = cacheBehaviors.flatMap((behavior) =>
    eventType === "viewer-request"
      ? sharedObjects(compiled, behavior)
      : unseenValues(compiled, behavior),
  );
  return [
    ...perBehavior,
    ...(eventType === "origin-request" ? splitTooLate(compiled, cacheBehaviors) : []),
    ...(engine === "lambda-edge" ? onLambdaEdge(compiled, eventType) : []),
    ...accessOf(compiled, surroundings),
    ...leftFiles(compiled, surroundings),
  ];
}

/** A page from one origin, whose scripts come from another, since their cache behavior does not run the function. */
function leftFiles(
  { rules, split }: CompiledOriginSelect,
  { siteFiles = [], pathPatternOf, cacheBehaviors }: OriginSelectSurroundings,
): readonly OriginSelectFinding[] {
  if (pathPatternOf === undefined) return [];
  const ofSplit = split === null ? [] : [{ name: "split", path: split.path }];
  return [...rules, ...ofSplit].flatMap(({ name, path }) => {
    const isMeant = new RegExp(path ?? "");
    const left = siteFiles
      .map((file) => `/${encodeURI(file)}`)
      .filter((uri) => isMeant.test(uri))
      .find((uri) => cacheBehaviors.every(({ pathPattern }) => pathPattern !== pathPatternOf(uri)));
    if (left === undefined) return [];
    return [
      {
        severity: "warning" as const,
        message: `${name} is for ${JSON.stringify(left)} too, which keeps its origin: got the cache behavior ${JSON.stringify(pathPatternOf(left))}, which does not run origin-select. Name it in the function's pathPatterns, or leave such paths out by a pathPattern.`,
      },
    ];
  });
}

function withoutSplit({ split }: CompiledOriginSelect): readonly OriginSelectFinding[] {
  if (split !== null) return [];
  return [
    {
      severity: "warning",
      message:
        "origin-select at viewer-response keeps a viewer's origin in a cookie, and split says nothing of one. Take the function out there, or set split.",
    },
  ];
}

function selectsOrigin({ originOfHost, rules, split }: CompiledOriginSelect): boolean {
  const named = rules.some(({ origin }) => origin !== undefined);
  return Object.keys(originOfHost).length > 0 || named || split !== null;
}

function isCached({ cachePolicy }: Behavior): boolean {
  return cachePolicy.maxTtlSeconds !== 0;
}

/** CF-G-01, CF-G-02: the origin is not in the cache key. */
function sharedObjects(
  compiled: CompiledOriginSelect,
  behavior: Behavior,
): readonly OriginSelectFinding[] {
  const { cachePolicy, pathPattern } = behavior;
  const { header } = compiled;
  if (!selectsOrigin(compiled) || !isCached(behavior)) return [];
  if (policyHas(cachePolicy, "header", header)) return [];
  return [
    {
      severity: "error",
      message: `Two origins share the objects in the cache of ${JSON.stringify(pathPattern)}: got a cache key without ${header}, in which origin-select names the origin. Put it there, as in cacheKey: { headers: [${JSON.stringify(header)}] }.`,
    },
  ];
}

/** LE-B-45, LE-B-57: at origin-request, what no policy forwards is not there. */
function unseenValues(
  compiled: CompiledOriginSelect,
  behavior: Behavior,
): readonly OriginSelectFinding[] {
  // Then the function decides at viewer-request, and here reads what it has decided.
  if (policyHas(behavior.cachePolicy, "header", compiled.header)) return [];
  const rules = compiled.rules.flatMap((rule) =>
    conditionsOf(rule).flatMap((condition) =>
      unseenValue(rule.name, condition, compiled, behavior),
    ),
  );
  const hosts =
    Object.keys(compiled.originOfHost).length > 0
      ? unseenValue("hosts", hostCondition, compiled, behavior)
      : [];
  return [...hosts, ...rules];
}

const hostCondition: Pick<CompiledCondition, "in" | "name"> = { in: "header", name: "host" };

function conditionsOf({
  host,
  when = [],
}: CompiledOriginRule): readonly Pick<CompiledCondition, "in" | "name">[] {
  return host === undefined ? when : [hostCondition, ...when];
}

function unseenValue(
  rule: string,
  { in: part, name }: Pick<CompiledCondition, "in" | "name">,
  { header }: CompiledOriginSelect,
  { pathPattern, cachePolicy, originType }: Behavior,
): readonly OriginSelectFinding[] {
  const where = `${rule} on ${JSON.stringify(pathPattern)} reads the ${part} ${name}, which`;
  const remedy = `Let the function run at viewer-request too, as in { package: "origin-select", eventType: "viewer-request", … }, with ${header} in the cache key`;
  if (name === "host" && originType === "s3") {
    return [
      {
        severity: "error",
        message: `${where} an S3 origin refuses (403) when it is forwarded. ${remedy}.`,
      },
    ];
  }
  if (policyHas(cachePolicy, part, name)) return [];
  return [
    {
      severity: "error",
      message: `${where} is not in the cache key: the function does not see it, or one viewer's object goes to another. ${remedy}, or put ${name} there.`,
    },
  ];
}

function splitTooLate(
  { split, header }: CompiledOriginSelect,
  cacheBehaviors: readonly Behavior[],
): readonly OriginSelectFinding[] {
  const isNamed = cacheBehaviors.every(({ cachePolicy }) =>
    policyHas(cachePolicy, "header", header),
  );
  if (split === null || isNamed) return [];
  return [
    {
      severity: "error",
      message: `split divides viewers, and origin-request sees a request for each object: got a cache key without ${header}. Let the function run at viewer-request too, and put ${header} into the cache key.`,
    },
  ];
}

/** LE-B-28, LE-B-50. */
function onLambdaEdge(
  { origins, rules }: CompiledOriginSelect,
  eventType: EventType,
): readonly OriginSelectFinding[] {
  const byId = Object.entries(origins).filter(([, { lambdaEdge }]) => lambdaEdge === null);
  const groups = Object.entries(origins).filter(
    ([, { call }]) => call[0] === "createRequestOriginGroup",
  );
  const byCountry = rules.find(({ when = [] }) =>
    when.some(({ name }) => name === "cloudfront-viewer-country"),
  );
  return [
    ...byId.map(([name]) => ({
      severity: "error" as const,
      message: `origins.${name} is known by its originId alone, and Lambda@Edge selects none by id. Give domainName, or let the function run as a CloudFront Function.`,
    })),
    ...groups.map(([name]) => ({
      severity: "error" as const,
      message: `origins.${name} has a failover, which only a CloudFront Function makes. Let the function run as one, or make an origin group in the distribution.`,
    })),
    ...(byCountry === undefined || eventType !== "viewer-request"
      ? []
      : [
          {
            severity: "error" as const,
            message: `${byCountry.name} reads the viewer's country, which CloudFront adds after viewer-request for Lambda@Edge. Let the function run as a CloudFront Function, or at origin-request alone.`,
          },
        ]),
  ];
}

/** A bucket lets nobody read but whom its policy names, and CloudFront signs for those with an access control alone. */
function accessOf(
  { origins }: CompiledOriginSelect,
  { engine = "lambda-edge", eventType, cacheBehaviors }: OriginSelectSurroundings,
): readonly OriginSelectFinding[] {
  if (engine === "lambda-edge" && eventType === "viewer-request") return [];
  const buckets = Object.entries(origins).filter(([, { lambdaEdge, call }]) =>
    engine === "lambda-edge"
      ? lambdaEdge?.origin.s3 !== undefined
      : call[0] === "updateRequestOrigin" && lambdaEdge?.origin.s3 !== undefined,
  );
  const unsigned =
    engine === "lambda-edge" && cacheBehaviors.some(({ originType }) => originType === "custom");
  return buckets.map(([name, { lambdaEdge }]) => {
    const domainName = JSON.stringify(lambdaEdge?.origin.s3?.domainName);
    return unsigned
      ? {
          severity: "warning" as const,
          message: `origins.${name} is a bucket, and Lambda@Edge sends to it unsigned what a custom origin would get: a private bucket responds with 403. Give the cache behavior an S3 origin with origin access control, or let the function run as a CloudFront Function.`,
        }
      : {
          severity: "info" as const,
          message: `origins.${name} needs a bucket policy of ${domainName} that lets cloudfront.amazonaws.com read for this distribution.`,
        };
  });
}
