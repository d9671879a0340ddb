import { existsSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, listAt, objectAt, type JsonObject } from "../json-object.ts";
import { readJsonFile } from "./read-text-file.ts";
import { sourceLine } from "./source-line.ts";
import type { Acknowledgement, ResourceMetadata } from "./stack-source.ts";

/** The metadata of a stack's constructs. */
interface StackMetadata {
  readonly metadata: ReadonlyMap<string, ResourceMetadata>;
  readonly acknowledgements: readonly Acknowledgement[];
}

/**
 * Reads what an assembly says of a stack's constructs: in its manifest, or in a file of its own since
 * version 45 of the schema.
 *
 * @param artifact the stack's, in manifest.json.
 * @param folder absolute path of the assembly.
 */
export function readMetadata(artifact: JsonObject, folder: string): StackMetadata {
  const file = artifact["additionalMetadataFile"];
  const path = typeof file === "string" ? join(folder, file) : undefined;
  const further = path !== undefined && existsSync(path) ? readJsonFile(path) : {};
  const entries = { ...objectAt(artifact, "metadata"), ...objectAt(further) };
  const metadata = new Map<string, ResourceMetadata>();
  const acknowledgements: Acknowledgement[] = [];
  for (const [path, value] of Object.entries(entries)) {
    const constructPath = path.replace(/^\//, "");
    const items = (Array.isArray(value) ? value : []).filter(isJsonObject);
    const logicalId = dataOf(items, "aws:cdk:logicalId");
    if (typeof logicalId === "string") {
      metadata.set(logicalId, { constructPath, source: sourceLine(traceOf(items)) });
    }
    for (const { type, data } of items) {
      if (type !== "aws:cdk:acknowledged-rules") continue;
      acknowledgements.push(...Object.keys(objectAt(data)).map((id) => ({ constructPath, id })));
    }
  }
  return { metadata, acknowledgements };
}

function dataOf(items: readonly JsonObject[], type: string): unknown {
  return items.find((item) => item["type"] === type)?.["data"];
}

/** Older versions of the CDK have it beside the logical id. */
function traceOf(items: readonly JsonObject[]): readonly unknown[] {
  const named = items.find((item) => item["type"] === "aws:cdk:logicalId");
  return [...listAt(dataOf(items, "aws:cdk:creationStack")), ...listAt(named, "trace")];
}
