import { isPermitted, type LambdaPermission } from "cf-rules";
import {
  type EvaluatedAssembly,
  isKnown,
  type JsonObject,
  listAt,
  type TemplateResource,
} from "cloud-assembly";
import { cacheBehaviors } from "../app/cache-behaviors.ts";
import { findFunction } from "../app/find-function.ts";
import type { RuleHit } from "./rule-hit.ts";

/** An origin of a distribution that is at a function URL of the app. */
interface UrlOrigin {
  readonly distribution: TemplateResource;
  readonly id: string;
  /** As in `Properties.DistributionConfig.Origins.0`. */
  readonly property: string;
  readonly origin: JsonObject;
  readonly url: TemplateResource;
  readonly authType: string;
}

/** Finds origins at function URLs that would respond with 403 (CF-P-02). */
export function checkFunctionUrls(app: EvaluatedAssembly): readonly RuleHit[] {
  return urlOrigins(app).flatMap((origin) => [
    ...unsigned(origin),
    ...missingPermissions(app, origin),
    ...unhashedBodies(app, origin),
  ]);
}

function urlOrigins(app: EvaluatedAssembly): readonly UrlOrigin[] {
  return app.resourcesOfType("AWS::CloudFront::Distribution").flatMap((distribution) =>
    listAt(distribution.values, "DistributionConfig", "Origins").flatMap((value, index) => {
      const origin = value as JsonObject;
      const url = urlIn(app, String(origin["DomainName"]));
      const authType = url?.knownText("AuthType");
      if (url === undefined || authType === undefined) return [];
      const property = `Properties.DistributionConfig.Origins.${index}`;
      return { distribution, id: String(origin["Id"]), property, origin, url, authType };
    }),
  );
}

/** The host name is cut out of the URL, which only the deployment knows. */
function urlIn(app: EvaluatedAssembly, text: string): TemplateResource | undefined {
  for (const { resource, source } of app.unknownsIn(text)) {
    if (resource?.type === "AWS::Lambda::Url") return resource;
    const within = source === undefined ? undefined : urlIn(app, source);
    if (within !== undefined) return within;
  }
  return undefined;
}

function unsigned({ distribution, id, property, origin, url, authType }: UrlOrigin) {
  if (authType !== "AWS_IAM" || isWritten(origin["OriginAccessControlId"])) return [];
  return [
    {
      ruleId: "CF-P-02",
      severity: "error",
      message: `Origin ${JSON.stringify(id)} of ${distribution.logicalId} is at ${url.logicalId}, which demands signed requests (AuthType AWS_IAM), and nothing signs them: it responds with 403.`,
      remedy:
        "Give the origin an OriginAccessControlId whose OriginAccessControlOriginType is lambda.",
      resource: distribution,
      property,
    } as const,
  ];
}

function missingPermissions(
  app: EvaluatedAssembly,
  { distribution, id, property, url, authType }: UrlOrigin,
): readonly RuleHit[] {
  const lambda = findFunction(app, url.text("TargetFunctionArn") ?? "")?.lambda;
  if (lambda === undefined) return [];
  const principal = authType === "NONE" ? "*" : "cloudfront.amazonaws.com";
  const missing = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].filter(
    (action) => !mayUse(app, lambda, { principal, action }),
  );
  if (missing.length === 0) return [];
  const who = principal === "*" ? 'everybody (Principal "*")' : principal;
  return [
    {
      ruleId: "CF-P-02",
      severity: "error",
      message: `Origin ${JSON.stringify(id)} of ${distribution.logicalId} responds with 403: no AWS::Lambda::Permission lets ${who} ${missing.join(" and ")} of ${lambda.logicalId}. Function URLs need both lambda:InvokeFunctionUrl and lambda:InvokeFunction since 2026-11-01.`,
      remedy: `Add an AWS::Lambda::Permission for ${missing.join(" and one for ")} (in the CDK: addPermission, or a CfnPermission).`,
      resource: distribution,
      property,
    },
  ];
}

/** What only the deployment knows of a permission is taken to be right. */
function mayUse(
  app: EvaluatedAssembly,
  lambda: TemplateResource,
  asked: LambdaPermission,
): boolean {
  return app.resourcesOfType("AWS::Lambda::Permission").some((permission) => {
    const named = permission.text("FunctionName") ?? "";
    const isOfFunction =
      findFunction(app, named)?.lambda === lambda ||
      (isKnown(named) && named === lambda.knownText("FunctionName"));
    const granted = {
      action: permission.knownText("Action"),
      principal: permission.knownText("Principal"),
    };
    return isOfFunction && isPermitted(asked, granted);
  });
}

/** A function on a request event may add the hash. */
function unhashedBodies(
  app: EvaluatedAssembly,
  { distribution, id, authType }: UrlOrigin,
): readonly RuleHit[] {
  if (authType !== "AWS_IAM") return [];
  return cacheBehaviors(app).flatMap((behavior) => {
    const methods = listAt(behavior.config, "AllowedMethods").map(String);
    const withBody = ["POST", "PUT"].filter((method) => methods.includes(method));
    const mayHash =
      behavior.lambdas.some(({ eventType }) => eventType.endsWith("-request")) ||
      listAt(behavior.config, "FunctionAssociations").length > 0;
    if (behavior.distribution !== distribution || !behavior.originIds.includes(id)) return [];
    if (withBody.length === 0 || mayHash) return [];
    return {
      ruleId: "CF-P-02",
      severity: "info",
      message: `${behavior.name} allows ${withBody.join(" and ")}, to which its function URL responds with 403 unless the viewer sends the SHA-256 of the body.`,
      remedy:
        "Send it in the header x-amz-content-sha256, in hexadecimal, with each request that has a body.",
      resource: distribution,
      property: `${behavior.property}.AllowedMethods`,
    } as const;
  });
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== "";
}
