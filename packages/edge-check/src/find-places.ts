import { existsSync, readFileSync } from "node:fs";
import { templateLines, type TemplateResource } from "cloud-assembly";
import type { FindingPlace } from "./finding.ts";

type Lines = ReturnType<typeof templateLines>;

/** Returns what looks up where a resource's property stands: in the app's source, and in the template. */
export function findPlaces(): (resource: TemplateResource, property: string) => FindingPlace {
  const templates = new Map<string, Lines>();
  return (resource, property) => {
    const { logicalId, stack } = resource;
    const { name, templateFile, constructs } = stack;
    const lineOf = templates.get(templateFile) ?? linesOf(templateFile);
    templates.set(templateFile, lineOf);
    const construct = constructs.get(logicalId);
    return {
      stack: name,
      logicalId,
      property,
      constructPath: construct?.constructPath ?? resource.metadataText("aws:cdk:path"),
      source: construct?.source,
      templateFile,
      line: lineOf(["Resources", logicalId, ...property.split(".")]),
    };
  };
}

/** Constructs are checked before their template is written. */
function linesOf(file: string): Lines {
  return existsSync(file) ? templateLines(readFileSync(file, "utf8")) : () => undefined;
}
