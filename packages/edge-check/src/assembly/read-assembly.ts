import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { EdgeCheckError } from "../edge-check-error.ts";
import { isJsonObject, objectAt, valueAt, type JsonObject } from "../json-object.ts";
import { parseTemplate } from "./parse-template.ts";
import { readMetadata } from "./read-metadata.ts";
import { readJsonFile, readTextFile } from "./read-text-file.ts";
import type { StackSource } from "./stack-source.ts";

/**
 * Reads the stacks of a cloud assembly (cdk.out), those of its stages included, or one template.
 *
 * @throws {EdgeCheckError} when there is nothing, or something that is neither.
 */
export function readAssembly(path: string): readonly StackSource[] {
  const absolute = resolve(path);
  if (!existsSync(absolute)) {
    throw new EdgeCheckError(
      `Cloud assembly does not exist: got ${JSON.stringify(path)}. Synthesize the app first (\`cdk synth\`), or name a template.`,
    );
  }
  return statSync(absolute).isDirectory() ? readManifest(absolute) : [readTemplate(absolute)];
}

/** Reads one template, with the assets that lie beside it. */
export function readTemplate(templateFile: string, region?: string): StackSource {
  const assetFile = templateFile.replace(/(?:\.nested)?\.template\.json$/, ".assets.json");
  const isBeside = assetFile !== templateFile && existsSync(assetFile);
  return {
    name: basename(templateFile).replace(/(?:\.template)?\.[^.]+$/, ""),
    region,
    templateFile,
    template: parseTemplate(readTextFile(templateFile), templateFile),
    assets: isBeside ? readAssets(assetFile) : new Map(),
    metadata: new Map(),
    acknowledgements: [],
  };
}

function readManifest(folder: string): readonly StackSource[] {
  const file = join(folder, "manifest.json");
  if (!existsSync(file)) {
    throw new EdgeCheckError(
      `Folder ${JSON.stringify(folder)} is not a cloud assembly: it has no manifest.json. Name the folder that \`cdk synth\` writes (cdk.out), or a template.`,
    );
  }
  const artifacts = Object.entries(objectAt(readJsonFile(file), "artifacts"));
  return artifacts.flatMap(([id, artifact]) => {
    if (!isJsonObject(artifact)) return [];
    const properties = objectAt(artifact, "properties");
    switch (artifact["type"]) {
      case "aws:cloudformation:stack":
        return [readStack(id, artifact, properties, folder)];
      case "cdk:cloud-assembly":
        return readManifest(join(folder, String(properties["directoryName"])));
      default:
        return [];
    }
  });
}

function readStack(
  id: string,
  artifact: JsonObject,
  properties: JsonObject,
  folder: string,
): StackSource {
  const templateFile = join(folder, String(properties["templateFile"]));
  const [, region] = /^aws:\/\/[^/]+\/(.+)$/.exec(String(artifact["environment"])) ?? [];
  const name = properties["stackName"];
  return {
    ...readTemplate(templateFile, region === "unknown-region" ? undefined : region),
    name: typeof name === "string" ? name : id,
    ...readMetadata(artifact, folder),
  };
}

function readAssets(assetFile: string): ReadonlyMap<string, string> {
  const files = objectAt(readJsonFile(assetFile), "files");
  const found = new Map<string, string>();
  for (const [id, asset] of Object.entries(files)) {
    const path = valueAt(asset, "source", "path");
    if (typeof path !== "string") continue;
    const absolute = resolve(dirname(assetFile), path);
    found.set(id, absolute);
    for (const destination of Object.values(objectAt(asset, "destinations"))) {
      const key = valueAt(destination, "objectKey");
      if (typeof key === "string") found.set(key, absolute);
    }
  }
  return found;
}
