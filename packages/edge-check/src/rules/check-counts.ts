import { cloudFrontQuotas } from "cf-rules";
import { cacheBehaviors } from "../app/cache-behaviors.ts";
import { type EvaluatedAssembly, listAt, type TemplateResource, valueAt } from "cloud-assembly";
import type { RuleHit } from "./rule-hit.ts";

/** Finds more of something than an account has by default. */
export function checkCounts(app: EvaluatedAssembly): readonly RuleHit[] {
  return app.resourcesOfType("AWS::CloudFront::Distribution").flatMap((distribution) => {
    const config = (name: string) => listAt(distribution.values, "DistributionConfig", name).length;
    const arns = cacheBehaviors(app)
      .filter((behavior) => behavior.distribution === distribution)
      .flatMap((behavior) => listAt(behavior.config, "LambdaFunctionAssociations"))
      .map((association) => JSON.stringify(valueAt(association, "LambdaFunctionARN")));
    const quotas = cloudFrontQuotas;
    return [
      ...more(distribution, "CacheBehaviors", "CF-J-13", config("CacheBehaviors"), [
        quotas.cacheBehaviorsPerDistribution,
        "cache behaviors",
      ]),
      ...more(distribution, "Origins", "LE-E-19", config("Origins"), [
        quotas.originsPerDistribution,
        "origins",
      ]),
      ...more(distribution, "CacheBehaviors", "LE-E-07", new Set(arns).size, [
        quotas.functionsPerDistribution,
        "Lambda@Edge functions",
      ]),
    ];
  });
}

function more(
  resource: TemplateResource,
  property: string,
  ruleId: string,
  got: number,
  [most, what]: readonly [number, string],
): readonly RuleHit[] {
  if (got <= most) return [];
  return [
    {
      ruleId,
      severity: "error",
      message: `${resource.logicalId} has more ${what} than the ${most} that an account has by default: got ${got}.`,
      remedy: "Stay within it, or acknowledge this rule once AWS has raised the account's quota.",
      resource,
      property: `Properties.DistributionConfig.${property}`,
    },
  ];
}
