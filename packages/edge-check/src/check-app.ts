import type { EvaluatedAssembly } from "cloud-assembly";
import type { CheckOptions } from "./check-options.ts";
import type { EdgeFinding } from "./finding.ts";
import { findPlaces } from "./find-places.ts";
import { checkBehaviors } from "./rules/check-behaviors.ts";
import { checkCaching } from "./rules/check-caching.ts";
import { checkCloudFrontFunctions } from "./rules/check-cloudfront-functions.ts";
import { checkCode } from "./rules/check-code.ts";
import { checkCounts } from "./rules/check-counts.ts";
import { checkFunctions } from "./rules/check-functions.ts";
import { checkFunctionUrls } from "./rules/check-function-urls.ts";
import { checkHandlers } from "./rules/check-handlers.ts";
import { checkHeaderSets } from "./rules/check-header-sets.ts";
import { checkOrigins } from "./rules/check-origins.ts";
import { checkRoles } from "./rules/check-roles.ts";

/** The name of the check, as acknowledgements and the CDK's reports have it. */
export const checkName = "edge-check";

/** Applies all rules to an app, and leaves out what its constructs acknowledge. */
export function checkApp(
  app: EvaluatedAssembly,
  { today = currentDay() }: CheckOptions,
): readonly EdgeFinding[] {
  const hits = [
    ...checkFunctions(app, today),
    ...checkRoles(app),
    ...checkHandlers(app),
    ...checkCode(app),
    ...checkBehaviors(app),
    ...checkOrigins(app),
    ...checkFunctionUrls(app),
    ...checkHeaderSets(app),
    ...checkCaching(app),
    ...checkCounts(app),
    ...checkCloudFrontFunctions(app),
  ];
  const placeOf = findPlaces();
  const findings = hits.map(({ ruleId, severity, message, remedy, resource, property }) => ({
    ruleId,
    severity,
    message,
    remedy,
    place: placeOf(resource, property),
  }));
  return withoutRepeated(findings).filter((finding) => !isAcknowledged(app, finding));
}

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A function on two event types would be reported twice. */
function withoutRepeated(findings: readonly EdgeFinding[]): readonly EdgeFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ message, place }) => {
    const key = `${place.stack} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isAcknowledged(app: EvaluatedAssembly, { ruleId, place }: EdgeFinding): boolean {
  const path = place.constructPath;
  return app.stacks.some(({ source }) =>
    source.acknowledgements.some(
      ({ constructPath, id }) =>
        id === `${checkName}::${ruleId}` &&
        (path === constructPath || path?.startsWith(`${constructPath}/`)),
    ),
  );
}
