import { checkAssembly, type FindingPlace } from "edge-check";
import type { IConstruct } from "constructs";
import { EdgeFunction } from "../constructs/edge-function.ts";
import { InfraError } from "../infra-error.ts";
import type { PlacedFunction } from "../artefact/placed-functions.ts";
import { declaredAt } from "./declared-at.ts";

/** An assembly, and what it was made from. */
export interface AssemblyToCheck {
  /** Absolute path. */
  readonly assemblyFolder: string;
  /** In the order in which the stack has their constructs. */
  readonly functions: readonly PlacedFunction[];
  readonly stack: IConstruct;
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
}

/**
 * Refuses an assembly that CloudFront would refuse after minutes, or that would not work at the edge: the
 * rules of edge-check, its warnings included.
 *
 * @throws {InfraError} `REFUSED_BY_RULES` with each finding, its place and its remedy, a line each.
 */
export function refuseByEdgeRules(check: AssemblyToCheck): void {
  const findings = checkAssembly(check.assemblyFolder);
  const lines = findings
    .filter(({ severity }) => severity !== "info")
    .map(({ ruleId, message, remedy, place }) => {
      const { constructPath, logicalId, property } = place;
      const what = `${message} ${remedy} (${ruleId}, at ${constructPath ?? logicalId}, ${property})`;
      return [configuredAt(place, check), what].filter((part) => part !== undefined).join(": ");
    });
  if (lines.length > 0) throw new InfraError("REFUSED_BY_RULES", lines.join("\n"));
}

/** The line of edge.config.ts that the construct comes from, where it is that of a function. */
function configuredAt(
  { constructPath = "" }: FindingPlace,
  { stack, functions, configFile }: AssemblyToCheck,
): string | undefined {
  const index = stack.node
    .findAll()
    .filter((construct) => construct instanceof EdgeFunction)
    .findIndex(({ node }) => constructPath.startsWith(`${node.path}/`));
  return index === -1 ? undefined : declaredAt(configFile, functions, index);
}
