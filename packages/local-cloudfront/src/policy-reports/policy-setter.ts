import { functionPackages } from "../distribution/function-name.ts";
import { isFunctionStep, type RequestRecord } from "../edge-location/request-record.ts";
import { hasPolicy, policyHeaders } from "./report-endpoint.ts";

/** Returns what has set the policy of a response, as in `security-headers 0.1.0`. */
export function policySetter({ steps }: RequestRecord): string {
  let keptBy = "";
  for (const step of steps.toReversed()) {
    if (!isFunctionStep(step)) continue;
    const { before, after, run } = step;
    if (after?.kind !== "response") continue;
    const earlier = before.kind === "response" ? before.headers : {};
    const isChanged = policyHeaders.some(
      (name) => after.headers[name]?.[0]?.value !== earlier[name]?.[0]?.value,
    );
    const name = functionPackages(run.association.edgeFunction);
    if (isChanged) return name;
    if (step.step === "viewer-response" && hasPolicy(after.headers)) keptBy = ` and ${name}`;
  }
  return `${earlierSetter(steps)}${keptBy}`;
}

function earlierSetter(steps: RequestRecord["steps"]): string {
  const step = steps.find((each) => each.step === "cache-behavior");
  const policy =
    step?.step === "cache-behavior" ? step.cacheBehavior.responseHeadersPolicy : undefined;
  const lines = [...(policy?.securityHeaders ?? []), ...(policy?.customHeaders ?? [])];
  const isInPolicy = lines.some(({ name }) =>
    policyHeaders.some((header) => header === name.toLowerCase()),
  );
  return isInPolicy ? "the response headers policy" : "the origin, or a function before the cache";
}
