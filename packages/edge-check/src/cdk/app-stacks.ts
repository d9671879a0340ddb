import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CfnElement, Stack, Stage, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import {
  type Acknowledgement,
  type AssemblyStack,
  type ConstructOrigin,
  type FileAsset,
  objectAt,
  sourceLine,
} from "cloud-assembly";

/** Returns the stacks of the app that a construct belongs to as they will be synthesized, before anything is written. */
export function appStacks(scope: IConstruct): readonly AssemblyStack[] {
  return scope.node.root.node
    .findAll()
    .filter((each) => Stack.isStack(each))
    .map(stackOf);
}

/** What the stack's template will be. */
function stackOf(stack: Stack): AssemblyStack {
  const template: Record<string, Record<string, unknown>> = {};
  const constructs = new Map<string, ConstructOrigin>();
  const acknowledgements: Acknowledgement[] = [];
  for (const construct of stack.node.findAll()) {
    acknowledgements.push(...acknowledgedAt(construct));
    if (!CfnElement.isCfnElement(construct) || construct.stack !== stack) continue;
    constructs.set(String(stack.resolve(construct.logicalId)), {
      constructPath: construct.node.path,
      source: sourceLine(construct.creationStack),
    });
    const fragment = objectAt(stack.resolve(construct._toCloudFormation()));
    for (const [section, members] of Object.entries(fragment)) {
      template[section] = { ...template[section], ...objectAt(members) };
    }
  }
  const stage = Stage.of(stack);
  const folder = stage?.outdir ?? "";
  const knownText = (text: string): string | undefined =>
    Token.isUnresolved(text) ? undefined : text;
  return {
    source: "cdk",
    id: stack.node.addr,
    name: stack.stackName,
    displayName: stack.node.path,
    account: knownText(stack.account),
    region: knownText(stack.region),
    templateFile: join(folder, stack.templateFile),
    folder,
    template: { Resources: {}, ...template },
    assets: stagedAssets(stage?.assetOutdir),
    constructs,
    acknowledgements,
    warnings: [],
  };
}

function acknowledgedAt({ node }: IConstruct): readonly Acknowledgement[] {
  return node.metadata
    .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
    .flatMap(({ data }) => Object.keys(objectAt(data)))
    .map((id) => ({ constructPath: node.path, id }));
}

/** The CDK stages an asset as `asset.<hash>` when its construct is made, and uploads it as `<hash>.zip`. */
function stagedAssets(folder: string | undefined): readonly FileAsset[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith("asset."))
    .map((name) => {
      const id = name.replace(/^asset\.([^.]+).*$/, "$1");
      return { id, path: join(folder, name), packaging: "zip", objectKeys: [`${id}.zip`] };
    });
}
