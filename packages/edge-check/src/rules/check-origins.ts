import { isDeniedOriginCustomHeader } from "cf-rules";
import {
  cacheBehaviors,
  originOf,
  type CacheBehavior,
  type LambdaAssociation,
} from "../app/cache-behaviors.ts";
import { handlerCode } from "../code/handler-code.ts";
import {
  type EvaluatedAssembly,
  type JsonObject,
  listAt,
  objectAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import type { RuleHit } from "./rule-hit.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
const managedPoliciesWithHost: ReadonlyMap<string, string> = new Map([
  ["216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer"],
  ["33f36d7e-f396-46d9-90e0-52428a34d9dc", "AllViewerAndCloudFrontHeaders-2022-06"],
  ["bf0718e1-ba1e-49d1-88b1-f726733018ae", "HostHeaderOnly"],
]);

/** Finds origins that would respond with 403 or that CloudFront would refuse, and roots that do not exist. */
export function checkOrigins(app: EvaluatedAssembly): readonly RuleHit[] {
  return [
    ...cacheBehaviors(app).flatMap((behavior) => hostToBucket(app, behavior)),
    ...app
      .resourcesOfType("AWS::CloudFront::Distribution")
      .flatMap((distribution) => [
        ...rootObject(app, distribution),
        ...customHeaders(distribution),
      ]),
  ];
}

/** CF-H-14: a bucket takes the viewer's Host for the name of another bucket. */
function hostToBucket(app: EvaluatedAssembly, behavior: CacheBehavior): readonly RuleHit[] {
  const { distribution, property, name, config, originIds } = behavior;
  if (!originIds.some((id) => isBucket(originOf(distribution, id)))) return [];
  const forwarder = hostForwarder(app, config);
  if (forwarder === undefined || behavior.lambdas.some(maySpareOrigin)) return [];
  return [
    {
      ruleId: "CF-H-14",
      severity: "error",
      message: `${name} sends the viewer's Host header to an S3 origin, which responds with 403: got ${forwarder.what}.`,
      remedy: "Use the managed policy AllViewerExceptHostHeader, or none.",
      resource: distribution,
      property: `${property}.${forwarder.property}`,
    },
  ];
}

/**
 * Says whether a function may set another Host or origin, or respond before the bucket is asked: what
 * cannot be read may do so.
 */
function maySpareOrigin({ eventType, function: named }: LambdaAssociation): boolean {
  if (!eventType.endsWith("-request")) return false;
  const use = named?.lambda && handlerCode(named.lambda)?.use;
  if (eventType === "viewer-request") return use?.alwaysGenerates === true;
  return (
    use === undefined ||
    use.alwaysGenerates ||
    use.sharesEvent ||
    use.requestHeaders.some(isHost) ||
    use.assigned.some((path) => path.startsWith("request.origin"))
  );
}

function hostForwarder(app: EvaluatedAssembly, config: JsonObject) {
  const property = "OriginRequestPolicyId";
  const id = String(config[property]);
  const managed = managedPoliciesWithHost.get(id);
  if (managed !== undefined) return { property, what: `the managed policy ${managed}` };
  const policy = app.resourceIn(id, "AWS::CloudFront::OriginRequestPolicy");
  const headers = objectAt(policy?.values, "OriginRequestPolicyConfig", "HeadersConfig");
  const behavior = String(headers["HeaderBehavior"]);
  const isNamed = behavior === "whitelist" && listAt(headers, "Headers").some(isHost);
  if (isNamed || /^allViewer(?!.*Except)/.test(behavior)) {
    return { property, what: `${policy?.logicalId} with HeaderBehavior ${behavior}` };
  }
  const forwarded = listAt(config, "ForwardedValues", "Headers");
  return forwarded.some((header) => header === "*" || isHost(header))
    ? { property: "ForwardedValues.Headers", what: JSON.stringify(forwarded) }
    : undefined;
}

function isHost(header: unknown): boolean {
  return String(header).toLowerCase() === "host";
}

/** A bucket that is a website has a custom origin, and its own Host as well; it is none of these. */
function isBucket(origin: JsonObject): boolean {
  return valueAt(origin, "S3OriginConfig") !== undefined;
}

function rootObject(app: EvaluatedAssembly, distribution: TemplateResource): readonly RuleHit[] {
  const root = distribution.text("DistributionConfig", "DefaultRootObject");
  const [first] = cacheBehaviors(app).filter((behavior) => behavior.distribution === distribution);
  if (!root?.startsWith("/") || first === undefined) return [];
  const isInBucket = first.originIds.some((id) => isBucket(originOf(distribution, id)));
  const outcome = isInBucket
    ? "the root responds with 403"
    : `the origin is asked for ${JSON.stringify(`/${root}`)}`;
  return [
    {
      ruleId: "LE-A-40",
      severity: isInBucket ? "error" : "warning",
      message: `DefaultRootObject of ${distribution.logicalId} starts with a slash, so that ${outcome}: got ${JSON.stringify(root)}.`,
      remedy: `Write ${JSON.stringify(root.replace(/^\/+/, ""))}.`,
      resource: distribution,
      property: "Properties.DistributionConfig.DefaultRootObject",
    },
  ];
}

function customHeaders(distribution: TemplateResource): readonly RuleHit[] {
  const origins = listAt(distribution.values, "DistributionConfig", "Origins");
  return origins.flatMap((origin, index) =>
    listAt(origin, "OriginCustomHeaders")
      .map((header) => String(valueAt(header, "HeaderName")))
      .filter((name) => isDeniedOriginCustomHeader(name.toLowerCase()))
      .map((name) => ({
        ruleId: "LE-B-43",
        severity: "error",
        message: `Origin ${JSON.stringify(valueAt(origin, "Id"))} of ${distribution.logicalId} has a custom header that CloudFront does not take: got ${JSON.stringify(name)}.`,
        remedy: "Leave it out of OriginCustomHeaders.",
        resource: distribution,
        property: `Properties.DistributionConfig.Origins.${index}.OriginCustomHeaders`,
      })),
  );
}
