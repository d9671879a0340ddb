import { existsSync, readFileSync } from "node:fs";
import type { EdgeApp } from "./app/edge-app.ts";
import type { Resource } from "./app/resource.ts";
import { lineOf } from "./assembly/parse-template.ts";
import type { FindingPlace } from "./finding.ts";

/** Looks up where a resource's property stands: in the app's source, and in the template. */
export function placeOf(app: EdgeApp, resource: Resource, property: string): FindingPlace {
  const { logicalId, stackIndex, metadata } = resource;
  const source = app.stacks[stackIndex]?.source;
  if (source === undefined) throw new Error("A resource of no stack.");
  const { name, templateFile } = source;
  const known = source.metadata.get(logicalId);
  const constructPath = metadata["aws:cdk:path"];
  const path = `Resources.${logicalId}.${property}`;
  return {
    stack: name,
    logicalId,
    property,
    constructPath:
      known?.constructPath ?? (typeof constructPath === "string" ? constructPath : undefined),
    source: known?.source,
    templateFile,
    // Constructs are checked before their template is written.
    line: existsSync(templateFile)
      ? lineOf(readFileSync(templateFile, "utf8"), path.split("."))
      : undefined,
  };
}
