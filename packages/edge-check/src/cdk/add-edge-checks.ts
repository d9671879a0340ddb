import type { IConstruct } from "constructs";
import { edgeApp } from "../app/edge-app.ts";
import { checkApp } from "../check-app.ts";
import { appStacks } from "./app-stacks.ts";
import { stops } from "../stops.ts";
import type { EdgeCheckPluginOptions } from "./edge-check-plugin.ts";

/**
 * Checks a construct and everything within it, with no plugin and before anything is written: for a
 * construct that is published, whose users know of no plugin, and for `Template.fromStack` in tests.
 *
 * ```ts
 * class Site extends Construct {
 *   constructor(scope: Construct, id: string) {
 *     super(scope, id);
 *     addEdgeChecks(this);
 * ```
 */
export function addEdgeChecks(scope: IConstruct, options: EdgeCheckPluginOptions = {}): void {
  const { failOn = "error" } = options;
  scope.node.addValidation({
    validate() {
      const findings = checkApp(
        edgeApp(() => appStacks(scope)),
        options,
      );
      return findings
        .filter((finding) => stops(finding, failOn) && isWithin(finding.place.constructPath, scope))
        .map(({ ruleId, message, remedy, place }) => {
          const { constructPath, property, source } = place;
          const where = [constructPath, property, source].filter((part) => part !== undefined);
          return `${message} ${remedy} (${ruleId}; ${where.join(", ")})`;
        });
    },
  });
}

function isWithin(constructPath: string | undefined, { node: { path } }: IConstruct): boolean {
  return path === "" || constructPath === path || constructPath?.startsWith(`${path}/`) === true;
}
