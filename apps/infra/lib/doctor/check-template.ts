import { lambdaEdgeRuntimes, trustedServices } from "cf-rules";
import type { StackTemplate, TemplateResource } from "../aws/stack-template.ts";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

const services = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];

/** The runtimes that edge functions have been seen on; whether the edge takes others is not known. */
const confirmedRuntimes: readonly string[] = ["nodejs22.x", "nodejs20.x"];

/** Whether Lambda and Lambda@Edge may assume the role of each function (LE-F-01). */
export function checkTrust({ Resources = {} }: StackTemplate): CheckResult {
  const untrusted = functionsOf(Resources).flatMap(({ Properties }) => {
    const [roleId] = roleReference(Properties?.["Role"]);
    const role = roleId === undefined ? undefined : Resources[roleId];
    const trusted = trustedServices(role?.Properties?.["AssumeRolePolicyDocument"]);
    const missing = services.filter((service) => !trusted.includes(service));
    return missing.length === 0
      ? []
      : [`${String(Properties?.["Description"])} lacks ${missing.join(", ")}`];
  });
  return untrusted.length === 0
    ? good("trust of the execution roles: lambda and edgelambda")
    : bad(
        `trust of the execution roles: ${untrusted.join("; ")}`,
        "Let both services assume the role; CloudFront refuses the function otherwise.",
      );
}

/** Whether the functions' runtime is one that the edge runs. */
export function checkRuntime({ Resources = {} }: StackTemplate): CheckResult {
  const runtimes = new Set(
    functionsOf(Resources).map(({ Properties }) => String(Properties?.["Runtime"])),
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

function functionsOf(
  resources: Readonly<Record<string, TemplateResource>>,
): readonly TemplateResource[] {
  return Object.values(resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
}

function roleReference(role: unknown): readonly (string | undefined)[] {
  const { "Fn::GetAtt": reference = [] } = (role ?? {}) as {
    readonly "Fn::GetAtt"?: readonly string[];
  };
  return reference;
}
