import { cacheBehaviors, originOf, type CacheBehavior } from "../app/cache-behaviors.ts";
import {
  type EvaluatedAssembly,
  isJsonObject,
  type JsonObject,
  listAt,
  objectAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import { functionCode, type FunctionCode } from "../app/function-code.ts";
import { nameOf, nodesIn, parseScript, type SyntaxNode } from "../code/syntax.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds what would be cached too long, responded to with 403, or sent without its headers. */
export function checkCaching(app: EvaluatedAssembly): readonly RuleHit[] {
  return [
    ...app.resourcesOfType("AWS::CloudFront::CachePolicy").flatMap(personalised),
    ...cacheBehaviors(app).flatMap(bareErrors),
    ...app
      .resourcesOfType("AWS::CloudFront::Distribution")
      .flatMap((distribution) => hiddenNotFound(app, distribution)),
  ];
}

/** CF-G-11: a minimum above 0 keeps even what says `no-store` or `private`. */
function personalised(resource: TemplateResource): readonly RuleHit[] {
  const minTtl = resource.number("CachePolicyConfig", "MinTTL") ?? 0;
  const key = objectAt(
    resource.values,
    "CachePolicyConfig",
    "ParametersInCacheKeyAndForwardedToOrigin",
  );
  const cookies = String(valueAt(key, "CookiesConfig", "CookieBehavior") ?? "none");
  const headers = listAt(key, "HeadersConfig", "Headers").map((name) => String(name).toLowerCase());
  const by = cookies !== "none" ? "cookies" : headers.find((name) => name === "authorization");
  if (minTtl <= 0 || by === undefined) return [];
  return [
    {
      ruleId: "CF-G-11",
      severity: "warning",
      message: `${resource.logicalId} keeps what differs by ${by} for MinTTL at least, even if it says no-store: got ${minTtl}.`,
      remedy: "Set MinTTL to 0, so that Cache-Control decides.",
      resource,
      property: "Properties.CachePolicyConfig.MinTTL",
    },
  ];
}

const securityHeader = /^(?:strict-transport-security|content-security-policy|x-frame-options)$/i;

/** LE-A-08, LE-A-10: a viewer-response function does not see errors. */
function bareErrors(behavior: CacheBehavior): readonly RuleHit[] {
  const { distribution, property, name, config, lambdas } = behavior;
  if (config["ResponseHeadersPolicyId"] !== undefined) return [];
  return lambdas
    .filter(({ eventType }) => eventType === "viewer-response")
    .flatMap(({ function: named }) => {
      const code = named?.lambda && functionCode(named.lambda);
      if (!code?.fileNames.some((fileName) => hasSecurityHeader(code, fileName))) return [];
      return [
        {
          ruleId: "LE-A-08",
          severity: "warning",
          message: `${name} leaves security headers to ${named?.name}, which does not run for errors and generated responses: got no ResponseHeadersPolicyId.`,
          remedy: "Give the cache behavior a ResponseHeadersPolicy with the same headers.",
          resource: distribution,
          property,
        },
      ];
    });
}

function hasSecurityHeader(code: FunctionCode, fileName: string): boolean {
  if (/\.(?:json|py)$/.test(fileName)) {
    const words = code.read(fileName)?.match(/[\w-]+/g) ?? [];
    return words.some((word) => securityHeader.test(word));
  }
  const program = /\.[cm]?js$/.test(fileName) ? parseScript(code.read(fileName) ?? "") : undefined;
  return program !== undefined && [...nodesIn(program)].some(givesValue);
}

/** A list of names, as libraries have it, gives no header a value. */
function givesValue(node: SyntaxNode): boolean {
  const { type, elements, left } = node;
  const isNamed = (each: unknown): boolean => securityHeader.test(nameOf(each) ?? "");
  switch (type) {
    case "Property":
      return isNamed(node) || (nameOf(node) === "key" && isNamed(node["value"]));
    case "AssignmentExpression":
      return isNamed(left);
    case "ArrayExpression":
      return Array.isArray(elements) && elements.length === 2 && isNamed(elements[0]);
    default:
      return false;
  }
}

/** CF-H-01: without s3:ListBucket a missing key is a 403, and no error response for 404 applies. */
function hiddenNotFound(
  app: EvaluatedAssembly,
  distribution: TemplateResource,
): readonly RuleHit[] {
  const responses = listAt(distribution.values, "DistributionConfig", "CustomErrorResponses");
  if (!responses.some((response) => Number(valueAt(response, "ErrorCode")) === 404)) return [];
  const origins = listAt(distribution.values, "DistributionConfig", "Origins");
  return origins
    .map((origin) => originOf(distribution, String(valueAt(origin, "Id"))))
    .filter((origin) => valueAt(origin, "OriginAccessControlId") !== undefined)
    .flatMap((origin) => {
      const bucket = app.resourceIn(String(origin["DomainName"]), "AWS::S3::Bucket");
      const actions = bucket && actionsOfCloudFront(app, bucket);
      if (bucket === undefined || !actions?.includes("s3:GetObject")) return [];
      if (actions.some((action) => ["s3:ListBucket", "s3:*", "s3:List*"].includes(action))) {
        return [];
      }
      return [
        {
          ruleId: "CF-H-01",
          severity: "info",
          message: `${bucket.logicalId} responds with 403 for a missing file, so that the custom error response for 404 does not apply: got ${JSON.stringify(actions)}.`,
          remedy: "Allow cloudfront.amazonaws.com s3:ListBucket on the bucket as well.",
          resource: bucket,
          property: "Properties",
        },
      ];
    });
}

function actionsOfCloudFront(app: EvaluatedAssembly, bucket: TemplateResource): readonly string[] {
  return app
    .resourcesOfType("AWS::S3::BucketPolicy")
    .filter((policy) => app.resourceIn(policy.text("Bucket")) === bucket)
    .flatMap(({ values }) => listAt(values, "PolicyDocument", "Statement"))
    .filter((statement): statement is JsonObject => isJsonObject(statement))
    .filter(
      (statement) =>
        statement["Effect"] === "Allow" &&
        listAt(statement, "Principal", "Service").includes("cloudfront.amazonaws.com"),
    )
    .flatMap((statement) => listAt(statement, "Action").map(String));
}
