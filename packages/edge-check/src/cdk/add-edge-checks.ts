import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CfnElement, Stack, Stage } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { EdgeApp } from "../app/edge-app.ts";
import { sourceLine } from "../assembly/source-line.ts";
import type { Acknowledgement, ResourceMetadata, StackSource } from "../assembly/stack-source.ts";
import { checkApp } from "../check-app.ts";
import { objectAt } from "../json-object.ts";
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
  const { failOn = "warning" } = options;
  scope.node.addValidation({
    validate() {
      const stacks = scope.node.root.node.findAll().filter((each) => Stack.isStack(each));
      const findings = checkApp(new EdgeApp(stacks.map(sourceOf)), options);
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

/** What the stack's template will be. */
function sourceOf(stack: Stack): StackSource {
  const template: Record<string, Record<string, unknown>> = {};
  const metadata = new Map<string, ResourceMetadata>();
  const acknowledgements: Acknowledgement[] = [];
  for (const construct of stack.node.findAll()) {
    acknowledgements.push(...acknowledgedAt(construct));
    if (!CfnElement.isCfnElement(construct) || construct.stack !== stack) continue;
    metadata.set(String(stack.resolve(construct.logicalId)), {
      constructPath: construct.node.path,
      source: sourceLine(construct.creationStack),
    });
    const fragment = objectAt(stack.resolve(construct._toCloudFormation()));
    for (const [section, members] of Object.entries(fragment)) {
      template[section] = { ...template[section], ...objectAt(members) };
    }
  }
  const stage = Stage.of(stack);
  return {
    name: stack.stackName,
    region: Stack.of(stack).region.includes("${Token") ? undefined : stack.region,
    templateFile: join(stage?.outdir ?? "", stack.templateFile),
    template: { Resources: {}, ...template },
    assets: stagedAssets(stage?.assetOutdir),
    metadata,
    acknowledgements,
  };
}

function acknowledgedAt({ node }: IConstruct): readonly Acknowledgement[] {
  return node.metadata
    .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
    .flatMap(({ data }) => Object.keys(objectAt(data)))
    .map((id) => ({ constructPath: node.path, id }));
}

/** The CDK stages an asset as `asset.<hash>` when its construct is made, and uploads it as `<hash>.zip`. */
function stagedAssets(folder: string | undefined): ReadonlyMap<string, string> {
  if (folder === undefined || !existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder)
      .filter((name) => name.startsWith("asset."))
      .map((name) => [name.replace(/^asset\.([^.]+).*$/, "$1"), join(folder, name)]),
  );
}
