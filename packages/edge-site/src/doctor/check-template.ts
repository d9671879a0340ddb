import { confirmedRuntimes, lambdaEdgeRuntimes, trustedServices } from "cf-rules";
import type { EvaluatedAssembly } from "cloud-assembly";
import type { EdgeEngine } from "cf-types";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

const services = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];

const functionType = "AWS::Lambda::Function";

const functionTypes: readonly (readonly [EdgeEngine, string])[] = [
  ["lambda-edge", functionType],
  ["cloudfront-function", "AWS::CloudFront::Function"],
];

/** Returns the engines that an assembly has functions for. */
export function enginesOf(assembly: EvaluatedAssembly): readonly EdgeEngine[] {
  const present = functionTypes.filter(([, type]) => assembly.resourcesOfType(type).length > 0);
  return present.map(([engine]) => engine);
}

/** Whether Lambda and Lambda@Edge may assume the role of each function (LE-F-01). */
export function checkTrust(assembly: EvaluatedAssembly): CheckResult {
  const untrusted = assembly.resourcesOfType(functionType).flatMap((lambda) => {
    const role = assembly.resourceIn(lambda.text("Role"), "AWS::IAM::Role");
    const trusted = trustedServices(role?.values["AssumeRolePolicyDocument"]);
    const missing = services.filter((service) => !trusted.includes(service));
    return missing.length === 0
      ? []
      : [`${lambda.text("Description")} lacks ${missing.join(", ")}`];
  });
  return untrusted.length === 0
    ? good("trust of the execution roles: lambda and edgelambda")
    : bad(
        `trust of the execution roles: ${untrusted.join("; ")}`,
        "Let both services assume the role; CloudFront refuses the function otherwise.",
      );
}

/** Whether the functions' runtime is one that the edge runs. */
export function checkRuntime(assembly: EvaluatedAssembly): CheckResult {
  const runtimes = new Set(
    assembly.resourcesOfType(functionType).map((lambda) => lambda.text("Runtime") ?? "unknown"),
  );
  const unconfirmed = [...runtimes].filter((runtime) => !confirmedRuntimes.includes(runtime));
  const lives = [...runtimes].map(
    (runtime) => `${runtime}, until ${lambdaEdgeRuntimes[runtime]?.deprecation ?? "unknown"}`,
  );
  if (unconfirmed.length === 0) return good(`runtime ${lives.join("; ")}`);
  return unknown(
    `runtime ${lives.join("; ")}: no page of AWS confirms that the edge takes it`,
    `If CloudFront refuses it, set runtime: "nodejs22.x" for the stage in edge.config.ts.`,
  );
}
