import { type JsonObject, objectAt } from "cloud-assembly";
import type { CanaryTraffic } from "../config/stage-config.ts";

/** Returns the traffic of a deployed canary. */
export function deployedTraffic(template: JsonObject): CanaryTraffic {
  const policy = Object.values(objectAt(template, "Resources"))
    .map((resource) => objectAt(resource))
    .find(({ Type }) => Type === "AWS::CloudFront::ContinuousDeploymentPolicy");
  const config = objectAt(
    policy,
    "Properties",
    "ContinuousDeploymentPolicyConfig",
    "TrafficConfig",
  );
  const { Header, Value } = objectAt(config, "SingleHeaderConfig");
  if (Header !== undefined) return { header: String(Header), value: String(Value) };
  const { Weight } = objectAt(config, "SingleWeightConfig");
  return { percent: Math.round(Number(Weight) * 10_000) / 100 };
}

/** As in `5 % of the viewers`. */
export function describeTraffic(traffic: CanaryTraffic): string {
  return "percent" in traffic
    ? `${traffic.percent} % of the viewers`
    : `who sends ${traffic.header}: ${traffic.value}`;
}
