import { functionName, functionVersion } from "../distribution/function-name.ts";
import { isFunctionStep, type RequestRecord } from "../edge-location/request-record.ts";
import { policyHeaders } from "./report-endpoint.ts";

/** Returns what has set the policy of a response, as in `security-headers 0.1.0`. */
export function policySetter({ steps }: RequestRecord): string {
  for (const step of steps.toReversed()) {
    if (!isFunctionStep(step)) continue;
    const { before, after, run } = step;
    if (after === undefined || after.kind !== "response") continue;
    const earlier = before.kind === "response" ? before.headers : {};
    const isSet = policyHeaders.some(
      (name) => after.headers[name]?.[0]?.value !== earlier[name]?.[0]?.value,
    );
    const { edgeFunction } = run.association;
    if (isSet) return `${functionName(edgeFunction)} ${functionVersion(edgeFunction)}`;
  }
  const behavior = steps.find((step) => step.step === "cache-behavior");
  const policy =
    behavior?.step === "cache-behavior" ? behavior.cacheBehavior.responseHeadersPolicy : undefined;
  const names = [...(policy?.securityHeaders ?? []), ...(policy?.customHeaders ?? [])].map(
    ({ name }) => name.toLowerCase(),
  );
  return policyHeaders.some((name) => names.includes(name))
    ? "the response headers policy"
    : "the origin, or a function before the cache";
}
