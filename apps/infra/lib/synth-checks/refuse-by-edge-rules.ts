import { checkAssembly } from "edge-check";
import { InfraError } from "../infra-error.ts";

/**
 * Refuses an assembly that CloudFront would refuse after minutes, or that would not work at the edge: the
 * rules of edge-check, its warnings included.
 *
 * @param assemblyFolder Absolute path.
 * @throws {InfraError} `REFUSED_BY_RULES` with each finding, its place and its remedy.
 */
export function refuseByEdgeRules(assemblyFolder: string): void {
  const findings = checkAssembly(assemblyFolder).filter(({ severity }) => severity !== "info");
  if (findings.length === 0) return;
  const lines = findings.map(({ ruleId, message, remedy, place }) => {
    const where = `${place.constructPath ?? place.logicalId}, ${place.property}`;
    return `${message} ${remedy} (${ruleId}, at ${where})`;
  });
  throw new InfraError("REFUSED_BY_RULES", lines.join("\n"));
}
