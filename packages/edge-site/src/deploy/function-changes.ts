import { isDeepStrictEqual } from "node:util";
import { type JsonObject, valueAt } from "cloud-assembly";
import type { EdgeEngine } from "cf-types";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { membersIn } from "../artefact/function-metadata.ts";
import { type TemplateResource, templateResources } from "../aws/template-resources.ts";

/** What a deploy does to one function. */
export interface FunctionChange {
  /** The packages that it consists of, as in `spa-rewrite 0.2.0`. */
  readonly name: string;
  readonly engine: EdgeEngine;
  readonly kind: "added" | "new version" | "unchanged" | "removed";
  /** Why there is a new version, as in `options changed`; empty for all others. */
  readonly reasons: readonly string[];
}

/**
 * Compares the functions that are deployed with those of an assembly.
 *
 * @param deployed Nothing where there is no stack yet.
 */
export function functionChanges(
  deployed: JsonObject | undefined,
  next: JsonObject,
): readonly FunctionChange[] {
  const before = functionsOf(deployed);
  const after = functionsOf(next);
  const changes = [...after].map(([id, now]) => changeOf(before.get(id), now));
  const removed = [...before]
    .filter(([id]) => !after.has(id))
    .map(([, { name, engine }]) => ({ name, engine, kind: "removed" as const, reasons: [] }));
  return [...changes, ...removed];
}

const words = {
  "lambda-edge": {
    added: "its first version",
    "new version": "a new version",
    removed: "removed; its versions stay until they are deleted by hand",
  },
  "cloudfront-function": {
    added: "published for the first time",
    "new version": "published again",
    removed: "removed",
  },
} as const;

/** Returns a line for each function: what happens to it, and why. */
export function describeFunctionChanges(changes: readonly FunctionChange[]): readonly string[] {
  return changes.map(({ name, engine, kind, reasons }) => {
    if (kind === "unchanged") return `${name}: unchanged`;
    return [`${name}: ${words[engine][kind]}`, ...reasons].join(", ");
  });
}

interface TemplateFunction {
  readonly name: string;
  readonly engine: EdgeEngine;
  /** What a new version has another one of: its logical id, or the code itself. */
  readonly versionId: unknown;
  readonly members: readonly MemberDigest[];
  readonly properties: JsonObject;
}

function changeOf(before: TemplateFunction | undefined, now: TemplateFunction): FunctionChange {
  const { name, engine } = now;
  if (before === undefined) return { name, engine, kind: "added", reasons: [] };
  if (before.versionId === now.versionId) return { name, engine, kind: "unchanged", reasons: [] };
  return { name, engine, kind: "new version", reasons: reasonsOf(before, now) };
}

const ofTheCode: Readonly<Record<EdgeEngine, readonly string[]>> = {
  "lambda-edge": ["Code", "Description"],
  "cloudfront-function": ["FunctionCode", "FunctionConfig"],
};

function reasonsOf(before: TemplateFunction, now: TemplateFunction): readonly string[] {
  const isComposed = now.members.length > 1 || before.members.length > 1;
  const reasons = [
    ...now.members.flatMap((member, index) =>
      memberReasons(before.members[index], member).map((reason) =>
        isComposed ? `${member.packageName}: ${reason}` : reason,
      ),
    ),
    ...Object.keys({ ...before.properties, ...now.properties })
      .filter((key) => !ofTheCode[now.engine].includes(key))
      .filter((key) => !isDeepStrictEqual(before.properties[key], now.properties[key]))
      .map((key) => `${key} ${show(before.properties[key])} -> ${show(now.properties[key])}`),
  ];
  return reasons.length === 0 ? ["how the template names it"] : reasons;
}

/** Returns the packages that the functions of a template consist of. */
export function deployedMembers(template: JsonObject): readonly MemberDigest[] {
  return [...functionsOf(template).values()].flatMap(({ members }) => members);
}

/** Returns why what a package makes of a function is another one, as in `options changed`; empty where it is the same. */
export function memberReasons(was: MemberDigest | undefined, is: MemberDigest): readonly string[] {
  if (was?.packageName !== is.packageName) return ["its place in the order"];
  return [
    was.version === is.version ? "" : `package ${was.version} -> ${is.version}`,
    was.codeSha256 === is.codeSha256 ? "" : "bytes changed",
    was.configSha256 === is.configSha256 ? "" : "options changed",
  ].filter((reason) => reason !== "");
}

/** The functions of a template, by logical id. */
function functionsOf(template: JsonObject | undefined): ReadonlyMap<string, TemplateFunction> {
  const versions = new Map(
    templateResources(template, "AWS::Lambda::Version").map(({ logicalId, properties }) => [
      valueAt(properties, "FunctionName", "Ref"),
      logicalId,
    ]),
  );
  const lambdas = templateResources(template, "AWS::Lambda::Function").map((each) =>
    templateFunction(each, {
      engine: "lambda-edge",
      description: each.properties["Description"],
      versionId: versions.get(each.logicalId),
    }),
  );
  const scripts = templateResources(template, "AWS::CloudFront::Function").map((each) =>
    templateFunction(each, {
      engine: "cloudfront-function",
      description: valueAt(each.properties, "FunctionConfig", "Comment"),
      versionId: each.properties["FunctionCode"],
    }),
  );
  return new Map([...lambdas, ...scripts]);
}

function templateFunction(
  { logicalId, properties, metadata }: TemplateResource,
  {
    description = logicalId,
    ...own
  }: Pick<TemplateFunction, "engine" | "versionId"> & { readonly description: unknown },
): readonly [logicalId: string, TemplateFunction] {
  const members = membersIn(metadata);
  return [logicalId, { ...own, name: String(description), members, properties }];
}

function show(value: unknown): string {
  return typeof value === "object" ? "other" : String(value);
}
