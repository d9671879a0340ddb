import { checkAssociations, cloudFrontQuotas, type AssociatedFunction } from "cf-rules";
import type { EventType } from "cf-types";
import { cacheBehaviors, type CacheBehavior } from "../app/cache-behaviors.ts";
import { type EvaluatedAssembly, isJsonObject, isKnown, listAt, valueAt } from "cloud-assembly";
import type { RuleHit } from "./rule-hit.ts";

/** Finds cache behaviors whose functions, bodies or path patterns CloudFront would refuse. */
export function checkBehaviors(app: EvaluatedAssembly): readonly RuleHit[] {
  return cacheBehaviors(app).flatMap((behavior) => [
    ...associations(app, behavior),
    ...bodies(behavior),
    ...pathPattern(behavior),
  ]);
}

function associations(app: EvaluatedAssembly, behavior: CacheBehavior): readonly RuleHit[] {
  const { distribution: resource, property, name, config, lambdas } = behavior;
  const functions: readonly AssociatedFunction[] = [
    ...lambdas.map(({ eventType, function: named }) => ({
      kind: "lambda-edge" as const,
      eventType,
      name: named?.name ?? "a function",
    })),
    ...listAt(config, "FunctionAssociations")
      .filter(isJsonObject)
      .map(({ EventType: eventType, FunctionARN: arn }) => ({
        kind: "cloudfront-function" as const,
        eventType: String(eventType) as EventType,
        name: app.readable(String(arn)).replace(/^.*\//, ""),
      })),
  ];
  const isGrpcEnabled = String(valueAt(config, "GrpcConfig", "Enabled")) === "true";
  return checkAssociations({ name, functions, isGrpcEnabled }).map(
    ({ factId: ruleId, severity, message, remedy }) => ({
      ruleId,
      severity,
      message,
      remedy,
      resource,
      property,
    }),
  );
}

function bodies({ distribution, lambdas }: CacheBehavior): readonly RuleHit[] {
  return lambdas
    .filter(({ eventType, includeBody }) => includeBody && eventType.endsWith("-response"))
    .map(({ eventType, function: named, property }) => ({
      ruleId: "LE-B-20",
      severity: "error",
      message: `${named?.name ?? "A function"} asks for the request body on ${eventType}: got IncludeBody true.`,
      remedy: "Only request events carry a body: remove IncludeBody.",
      resource: distribution,
      property: `${property}.IncludeBody`,
    }));
}

// CF-J-06
const allowedCharacters = /^[A-Za-z0-9_\-.*?$/~"'@:+&]*$/;

function pathPattern({ distribution, property, config }: CacheBehavior): readonly RuleHit[] {
  const pattern = config["PathPattern"];
  const { pathPatternCharacters: most } = cloudFrontQuotas;
  if (typeof pattern !== "string" || !isKnown(pattern)) return [];
  if (pattern.length <= most && allowedCharacters.test(pattern)) return [];
  const problem =
    pattern.length > most
      ? `has ${pattern.length} characters, at most ${most} are allowed: got ${JSON.stringify(`${pattern.slice(0, 40)}…`)}`
      : `has a character that CloudFront does not take: got ${JSON.stringify(pattern)}`;
  return [
    {
      ruleId: "CF-J-06",
      severity: "error",
      message: `PathPattern of ${distribution.logicalId} ${problem}.`,
      remedy: `Allowed: letters, digits and _ - . * ? $ / ~ " ' @ : + &.`,
      resource: distribution,
      property: `${property}.PathPattern`,
    },
  ];
}
