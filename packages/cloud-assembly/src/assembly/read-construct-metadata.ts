import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonObject, listAt, objectAt, type JsonObject } from "../value/json.ts";
import type { AssemblyStack } from "./cloud-assembly.ts";
import { readJsonFile } from "./read-file.ts";

/** What an assembly says of one construct: items with a `type` and, for most types, `data`. */
export interface ConstructMetadata {
  /** As in `Site/Rewrite/Function/Resource`. */
  readonly constructPath: string;
  readonly items: readonly JsonObject[];
}

/**
 * Reads what an assembly says of a stack's constructs: in its manifest, or in a file of its own since
 * version 45 of the schema.
 *
 * @param artifact the stack's, in manifest.json.
 * @param folder absolute path of the assembly.
 * @throws {CloudAssemblyError} when the file is not JSON.
 */
export function readConstructMetadata(
  artifact: JsonObject,
  folder: string,
): readonly ConstructMetadata[] {
  const { additionalMetadataFile: name } = artifact;
  const file = typeof name === "string" ? join(folder, name) : undefined;
  const further = file !== undefined && existsSync(file) ? readJsonFile(file) : {};
  return Object.entries({ ...objectAt(artifact, "metadata"), ...further }).map(([path, items]) => ({
    constructPath: path.replace(/^\//, ""),
    items: listAt(items).filter(isJsonObject),
  }));
}

/** Returns which constructs a stack's resources come from, and what their metadata says to people. */
export function constructsOf(
  entries: readonly ConstructMetadata[],
): Pick<AssemblyStack, "constructs" | "acknowledgements" | "synthWarnings"> {
  return {
    constructs: new Map(
      entries.flatMap(({ constructPath, items }) => {
        const logicalId = dataOf(items, "aws:cdk:logicalId");
        return typeof logicalId === "string"
          ? [[logicalId, { constructPath, source: sourceLine(traceOf(items)) }]]
          : [];
      }),
    ),
    acknowledgements: entries.flatMap(({ constructPath, items }) =>
      items
        .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
        .flatMap(({ data }) => Object.keys(objectAt(data)))
        .map((id) => ({ constructPath, id })),
    ),
    synthWarnings: entries.flatMap(({ items }) =>
      items.filter(({ type }) => type === "aws:cdk:warning").map(({ data }) => String(data)),
    ),
  };
}

function dataOf(items: readonly JsonObject[], type: string): unknown {
  return items.find((item) => item["type"] === type)?.["data"];
}

/** Older versions of the CDK have it beside the logical id. */
function traceOf(items: readonly JsonObject[]): readonly unknown[] {
  const named = items.find((item) => item["type"] === "aws:cdk:logicalId");
  return [...listAt(dataOf(items, "aws:cdk:creationStack")), ...listAt(named, "trace")];
}

/**
 * Returns the first line of a stack trace that is neither Node's nor a library's, relative to the
 * working directory, as in `lib/site.ts:12`; undefined where there is none.
 */
export function sourceLine(trace: readonly unknown[]): string | undefined {
  for (const frame of trace) {
    const [, place, line] = /((?:file:\/\/)?\/[^()]*?):(\d+):\d+\)?$/.exec(String(frame)) ?? [];
    if (place === undefined || /node_modules/.test(place)) continue;
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return `${relative(process.cwd(), path)}:${line}`;
  }
  return undefined;
}
