import { dirname, resolve } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { FileAsset } from "./cloud-assembly.ts";
import { expectObject, expectString, isJsonObject, type JsonObject } from "./json-shape.ts";
import { readJsonObjectFile } from "./read-text-file.ts";
import { synthesizeAgain } from "./synthesize-again.ts";

/**
 * Reads the file assets of an asset manifest (`<stack>.assets.json`). Assets that a command
 * produces on upload have no path and are left out.
 *
 * @throws {LocalCloudFrontError} when the file cannot be read or is of the wrong shape.
 */
export function readAssetManifest(file: string): readonly FileAsset[] {
  const manifest = readJsonObjectFile(file, synthesizeAgain);
  const files = expectObject(
    manifest["files"] ?? {},
    `Property "files" of ${JSON.stringify(file)}`,
  );
  return Object.entries(files).flatMap(([id, value]) => {
    const subject = `Asset ${JSON.stringify(id)} of ${JSON.stringify(file)}`;
    const asset = expectObject(value, subject);
    const source = expectObject(asset["source"], `${subject}, property "source",`);
    if (source["path"] === undefined) return [];
    const path = expectString(source["path"], `${subject}, property "source.path",`);
    return {
      id,
      path: resolve(dirname(file), path),
      packaging: readPackaging(source, subject),
      objectKeys: readObjectKeys(asset),
    };
  });
}

function readPackaging(source: JsonObject, subject: string): FileAsset["packaging"] {
  const packaging = source["packaging"] ?? "file";
  if (packaging === "zip" || packaging === "file") return packaging;
  throw new LocalCloudFrontError(
    `${subject}, property "source.packaging", must be "zip" or "file": got ${JSON.stringify(packaging)}. ${synthesizeAgain}`,
  );
}

function readObjectKeys(asset: JsonObject): readonly string[] {
  const destinations = isJsonObject(asset["destinations"]) ? asset["destinations"] : {};
  return Object.values(destinations).flatMap((destination) => {
    const key = isJsonObject(destination) ? destination["objectKey"] : undefined;
    return typeof key === "string" ? [key] : [];
  });
}
