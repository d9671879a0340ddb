import { checkAssembly, type EdgeFinding, type FindingPlace } from "edge-check";
import type { IConstruct } from "constructs";
import { LambdaEdgeFunction } from "../constructs/lambda-edge-function.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { SiteFunctions } from "../artefact/deployed-functions.ts";
import { CloudFrontFunction } from "../constructs/cloudfront-function.ts";
import type { Remark } from "./check-functions.ts";
import { declaredAt } from "./declared-at.ts";

/** A runtime that AWS has deprecated, and takes for months after: what worked yesterday is not refused today. */
const agedRuntime = "LE-E-15";

/** An assembly, and what it was made from. */
export interface AssemblyToCheck {
  /** Absolute path. */
  readonly assemblyFolder: string;
  readonly functions: SiteFunctions;
  readonly stack: IConstruct;
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /**
   * The day of the deployment, as in `2026-11-23`.
   * @default - today
   */
  readonly today?: string | undefined;
}

/**
 * Refuses an assembly that CloudFront would refuse after minutes, or that would not work at the edge: the
 * rules of edge-check, its warnings included.
 *
 * @returns what is no reason to refuse it
 * @throws {EdgeSiteError} `REFUSED_BY_RULES` with each finding, its place and its remedy, a line each.
 */
export function refuseByEdgeRules(check: AssemblyToCheck): readonly Remark[] {
  const { assemblyFolder, today } = check;
  const findings = checkAssembly(assemblyFolder, today === undefined ? {} : { today }).filter(
    ({ severity }) => severity !== "info",
  );
  const refused = findings.filter(({ ruleId }) => ruleId !== agedRuntime);
  if (refused.length > 0) {
    const lines = refused.map((finding) => lineOf(finding, check));
    throw new EdgeSiteError("REFUSED_BY_RULES", lines.join("\n"));
  }
  return findings.map((finding) => ({ severity: "warning", message: lineOf(finding, check) }));
}

function lineOf({ ruleId, message, remedy, place }: EdgeFinding, check: AssemblyToCheck): string {
  const { constructPath, logicalId, property } = place;
  const what = `${message} ${remedy} (${ruleId}, at ${constructPath ?? logicalId}, ${property})`;
  return [configuredAt(place, check), what].filter((part) => part !== undefined).join(": ");
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
