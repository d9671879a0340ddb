import { existsSync, readFileSync } from "node:fs";
import type { EdgeApp } from "./app/edge-app.ts";
import type { Resource } from "./app/resource.ts";
import { TemplateLines } from "./assembly/template-lines.ts";
import type { FindingPlace } from "./finding.ts";

/** Returns what looks up where a resource's property stands: in the app's source, and in the template. */
export function placesIn(app: EdgeApp): (resource: Resource, property: string) => FindingPlace {
  const templates = new Map<string, TemplateLines | undefined>();
  return (resource, property) => placeOf(app, resource, property, templates);
}

function placeOf(
  app: EdgeApp,
  resource: Resource,
  property: string,
  templates: Map<string, TemplateLines | undefined>,
): FindingPlace {
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
    line: linesOf(templateFile, templates)?.lineOf(path.split(".")),
  };
}

/** Constructs are checked before their template is written. */
function linesOf(
  file: string,
  templates: Map<string, TemplateLines | undefined>,
): TemplateLines | undefined {
  if (!templates.has(file)) {
    const lines = existsSync(file) ? new TemplateLines(readFileSync(file, "utf8")) : undefined;
    templates.set(file, lines);
  }
  return templates.get(file);
}
