import { CloudAssemblyError } from "cloud-assembly";
import {
  type AssociationFinding,
  checkEdgeFunction,
  type EdgeFunctionConfiguration,
} from "cf-rules";
import type { EventType } from "cf-types";
import { edgeFunctionConfiguration } from "./edge-function-configuration.ts";
import type { FunctionVersion } from "./find-edge-function.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Checks whether CloudFront would take a function on an event type.
 *
 * @throws {CloudAssemblyError} when it would refuse the deployment.
 */
export function checkFunctionAssociation(
  version: FunctionVersion,
  eventType: EventType,
  resolution: Resolution,
): void {
  const { today, quotas } = resolution;
  const configuration = configurationOf(version, resolution);
  for (const finding of checkEdgeFunction(configuration, eventType, { today, quotas })) {
    if (isRefused(finding)) throw findingError(finding);
    const { subject, problem, remedy, factId } = finding;
    resolution.warn(subject, `It ${problem}. ${remedy} (${factId})`);
  }
}

function configurationOf(
  version: FunctionVersion,
  resolution: Resolution,
): EdgeFunctionConfiguration {
  const known = resolution.functionConfigurations.get(version.arn);
  const configuration = known ?? edgeFunctionConfiguration(version, resolution);
  resolution.functionConfigurations.set(version.arn, configuration);
  return configuration;
}

/** Returns the refusal that a finding stands for. */
export function findingError({ message, remedy, factId }: AssociationFinding): CloudAssemblyError {
  return new CloudAssemblyError(`${message} ${remedy}`, { factId });
}

/**
 * FIDELITY LE-E-16: Lambda blocks a runtime for functions that are created or changed. One that was
 * deployed before may still be associated (LE-E-17); a template does not say which it is.
 */
function isRefused({ severity, factId }: AssociationFinding): boolean {
  return severity === "error" && factId !== "LE-E-16";
}
