import { checkAssembly, type FindingPlace } from "edge-check";
import type { IConstruct } from "constructs";
import { LambdaEdgeFunction } from "../constructs/lambda-edge-function.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { SiteFunctions } from "../artefact/deployed-functions.ts";
import { CloudFrontFunction } from "../constructs/cloudfront-function.ts";
import { declaredAt } from "./declared-at.ts";

/** An assembly, and what it was made from. */
export interface AssemblyToCheck {
  /** Absolute path. */
  readonly assemblyFolder: string;
  readonly functions: SiteFunctions;
  readonly stack: IConstruct;
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
}

/**
 * Refuses an assembly that CloudFront would refuse after minutes, or that would not work at the edge: the
 * rules of edge-check, its warnings included.
 *
 * @throws {EdgeSiteError} `REFUSED_BY_RULES` with each finding, its place and its remedy, a line each.
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
  if (lines.length > 0) throw new EdgeSiteError("REFUSED_BY_RULES", lines.join("\n"));
}

/** The lines of edge.config.ts that the construct comes from, where it is that of a function. */
function configuredAt(
  { constructPath = "" }: FindingPlace,
  { stack, functions, configFile }: AssemblyToCheck,
): string | undefined {
  // The stack has the constructs in the order in which the functions are deployed.
  const index = stack.node
    .findAll()
    .filter((each) => each instanceof LambdaEdgeFunction || each instanceof CloudFrontFunction)
    .findIndex(({ node }) => constructPath.startsWith(`${node.path}/`));
  const members = functions.deployed[index]?.members.map((member) => {
    const at = functions.placed.indexOf(member);
    // What no one has listed has no place.
    return at < 0 ? member.packageName : declaredAt(configFile, functions.placed, at);
  });
  return members?.join(", ");
}
