import { dirname, resolve } from "node:path";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { objectAt, valueAt } from "../value/json.ts";
import type { FileAsset } from "./cloud-assembly.ts";
import { expectObject, expectString, readJsonFile, synthesizeAgain } from "./read-file.ts";

/**
 * Reads the file assets of an asset manifest (`<stack>.assets.json`). Assets that a command
 * produces on upload have no path and are left out.
 *
 * @throws {CloudAssemblyError} when the file cannot be read or is of the wrong shape.
 */
export function readAssetManifest(file: string): readonly FileAsset[] {
  const files = readJsonFile(file)["files"] ?? {};
  const assets = expectObject(files, `Property "files" of ${JSON.stringify(file)}`);
  return Object.entries(assets).flatMap(([id, value]) => {
    const subject = `Asset ${JSON.stringify(id)} of ${JSON.stringify(file)}`;
    const asset = expectObject(value, subject);
    const source = expectObject(asset["source"], `${subject}, property "source",`);
    if (source["path"] === undefined) return [];
    const path = expectString(source["path"], `${subject}, property "source.path",`);
    const packaging = source["packaging"] ?? "file";
    if (packaging !== "zip" && packaging !== "file") {
      throw new CloudAssemblyError(
        `${subject}, property "source.packaging", must be "zip" or "file": got ${JSON.stringify(packaging)}. ${synthesizeAgain}`,
      );
    }
    const objectKeys = Object.values(objectAt(asset, "destinations"))
      .map((destination) => valueAt(destination, "objectKey"))
      .filter((key) => typeof key === "string");
    return { id, path: resolve(dirname(file), path), packaging, objectKeys };
  });
}
