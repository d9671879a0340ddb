import { isDeepStrictEqual } from "node:util";
import { type JsonObject, objectAt, valueAt } from "cloud-assembly";
import { type FunctionMetadata, functionMetadataKey } from "../artefact/function-metadata.ts";

/** What a deploy does to one function. */
export interface FunctionChange {
  /** As in `spa-rewrite 0.2.0`. */
  readonly name: string;
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
  const before = functionsOf(deployed ?? {});
  const after = functionsOf(next);
  const changes = [...after].map(([id, now]) => changeOf(before.get(id), now));
  const removed = [...before]
    .filter(([id]) => !after.has(id))
    .map(([, { name }]) => ({ name, kind: "removed" as const, reasons: [] }));
  return [...changes, ...removed];
}

interface TemplateFunction {
  readonly name: string;
  readonly versionId: string | undefined;
  readonly made: Partial<FunctionMetadata>;
  readonly properties: JsonObject;
}

function changeOf(before: TemplateFunction | undefined, now: TemplateFunction): FunctionChange {
  const { name } = now;
  if (before === undefined) return { name, kind: "added", reasons: [] };
  if (before.versionId === now.versionId) return { name, kind: "unchanged", reasons: [] };
  return { name, kind: "new version", reasons: reasonsOf(before, now) };
}

function reasonsOf(before: TemplateFunction, now: TemplateFunction): readonly string[] {
  const was = before.made;
  const is = now.made;
  const reasons = [
    was.version === is.version ? "" : `package ${was.version ?? "unknown"} -> ${is.version}`,
    was.codeSha256 === is.codeSha256 ? "" : "bytes changed",
    was.configSha256 === is.configSha256 ? "" : "options changed",
    ...Object.keys({ ...before.properties, ...now.properties })
      .filter((key) => !["Code", "Description"].includes(key))
      .filter((key) => !isDeepStrictEqual(before.properties[key], now.properties[key]))
      .map((key) => `${key} ${show(before.properties[key])} -> ${show(now.properties[key])}`),
  ].filter((reason) => reason !== "");
  return reasons.length === 0 ? ["how the template names it"] : reasons;
}

/** The functions of a template that have a version, by logical id. */
function functionsOf(template: JsonObject): ReadonlyMap<string, TemplateFunction> {
  const resources = Object.entries(objectAt(template, "Resources"));
  const ofType = (type: string): typeof resources =>
    resources.filter(([, resource]) => valueAt(resource, "Type") === type);
  const versionOf = new Map(
    ofType("AWS::Lambda::Version").map(([versionId, version]) => [
      valueAt(version, "Properties", "FunctionName", "Ref"),
      versionId,
    ]),
  );
  return new Map(
    ofType("AWS::Lambda::Function").map(([id, lambda]) => {
      const made: Partial<FunctionMetadata> = objectAt(lambda, "Metadata", functionMetadataKey);
      const properties = objectAt(lambda, "Properties");
      const name = String(properties["Description"] ?? id);
      return [id, { name, versionId: versionOf.get(id), made, properties }];
    }),
  );
}

function show(value: unknown): string {
  return typeof value === "object" ? "other" : String(value);
}
