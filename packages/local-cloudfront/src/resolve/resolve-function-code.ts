import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { extname, join, resolve as resolvePath } from "node:path";
import {
  filesIn,
  findAsset,
  rebuildRemedy,
  type TemplateProperty,
  type TemplateResource,
} from "cloud-assembly";
import type { FunctionCode, FunctionFiles } from "../distribution/edge-functions.ts";
import { kindOfPath } from "./kind-of-path.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Finds the code of a function: what was passed for its logical id, else inline, in an asset of the assembly, or at a path beside the
 * template (`Code: ./folder`, or `aws:asset:path` in the resource's metadata).
 *
 * @throws {CloudAssemblyError} when it is an image, lies in S3 only, or is not on disk.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export function resolveFunctionCode(
  lambda: TemplateResource,
  functionCodes: Resolution["functionCodes"],
): FunctionCode {
  return { ...codeOf(lambda, functionCodes), appFolder: lambda.stack.folder };
}

function codeOf(
  lambda: TemplateResource,
  functionCodes: Resolution["functionCodes"],
): FunctionCode {
  const { stack, properties, metadata, logicalId } = lambda;
  const passed = functionCodes.get(logicalId);
  if (passed !== undefined) return codeAt(passed, properties, lambda);
  const code = properties.property("Code");
  if (!code.isPresent) throw code.error("must say where the code is", "Add S3Key or ZipFile.");
  if (typeof code.value() === "string") return codeAt(code.string(), code, lambda);
  const zipFile = code.property("ZipFile");
  if (zipFile.isPresent) {
    const source = zipFile.string();
    const isPython = properties.property("Runtime").optionalString()?.startsWith("python") === true;
    return { kind: "inline", source, ...(isPython && { file: "index.py" }) };
  }
  const imageUri = code.property("ImageUri");
  if (imageUri.isPresent) {
    throw imageUri.error(
      "names a container image, which CloudFront does not run",
      "Package the function as a zip.",
      "LE-E-08",
    );
  }
  const key = code.property("S3Key");
  const objectKey = key.string();
  const asset = findAsset(stack, objectKey);
  if (asset !== undefined) return codeAt(asset.path, key, lambda);
  const assetPath = metadata.property("aws:asset:path");
  if (assetPath.isPresent) return codeAt(assetPath.string(), assetPath, lambda);
  throw key.error(
    "is the key of no asset of the assembly",
    stack.source === "cdk"
      ? `${rebuildRemedy(stack)}, or pass --function ${logicalId}=FOLDER with its code: code in S3 is not fetched.`
      : `Code in S3 is not fetched: pass --function ${logicalId}=FOLDER with its code, or lay the zip file beside the template.`,
  );
}

function codeAt(path: string, property: TemplateProperty, lambda: TemplateResource): FunctionCode {
  const absolute = resolvePath(lambda.stack.folder, path);
  switch (kindOfPath(absolute)) {
    case "folder":
      return { kind: "folder", ...functionFiles(absolute, lambda) };
    case "file":
      if (extname(absolute) === ".zip") {
        return { kind: "zip", ...functionFiles(absolute, lambda) };
      }
      throw property.error(
        `names ${JSON.stringify(absolute)}, which is neither a folder nor a zip file`,
        `${rebuildRemedy(lambda.stack)}, or pass --function ${lambda.logicalId}=FOLDER.`,
      );
    case "missing":
      throw property.error(
        `names ${JSON.stringify(absolute)}, which does not exist`,
        `${rebuildRemedy(lambda.stack)}, or pass --function ${lambda.logicalId}=FOLDER.`,
      );
  }
}

function functionFiles(path: string, lambda: TemplateResource): FunctionFiles {
  const maps = sourceMapFolders(lambda);
  const folders = Object.values(maps);
  const hash = contentSha256(path, ...folders);
  return folders.length === 0
    ? { path, contentSha256: hash }
    : { path, sourceMapFolders: maps, contentSha256: hash };
}

/** The key of a function's metadata under which an app names the folders of its source maps. */
const sourceMapsMetadataKey = "cf-edge:source-maps";

/**
 * Returns the folders of source maps that a function's metadata names, by folder of the code: `path` is that of the
 * root, `paths` those of a composed function. They only serve stack traces and breakpoints: a folder that is not on
 * this machine is no mistake.
 *
 * @throws {CloudAssemblyError} when the metadata has neither.
 */
function sourceMapFolders({ stack, metadata }: TemplateResource): Readonly<Record<string, string>> {
  const sourceMaps = metadata.property(sourceMapsMetadataKey);
  if (!sourceMaps.isPresent) return {};
  const paths = sourceMaps.property("paths");
  const named: (readonly [string, TemplateProperty])[] = paths.isPresent
    ? paths.names().map((name) => [name, paths.property(name)])
    : [["", sourceMaps.property("path")]];
  const folders = named.map(([name, path]) => [name, resolvePath(stack.folder, path.string())]);
  return Object.fromEntries(folders.filter(([, folder = ""]) => kindOfPath(folder) === "folder"));
}

/**
 * Returns the SHA-256, hexadecimal, of a file's content, or of the names and contents of all files
 * in a folder; of several one after the other. Times and places do not enter it: the same content
 * gives the same hash.
 *
 * @param paths absolute
 */
function contentSha256(...paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    // The file itself is named by the empty name.
    for (const name of statSync(path).isDirectory() ? filesIn(path) : [""]) {
      const content = readFileSync(join(path, name));
      hash.update(`${name}\n${content.byteLength}\n`).update(content);
    }
  }
  return hash.digest("hex");
}
