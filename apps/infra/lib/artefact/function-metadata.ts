import { createHash } from "node:crypto";
import type { EdgeFunctionAsset } from "./edge-function-asset.ts";

/** The function's metadata in the template, by which a deploy tells why there will be a new version. */
export const functionMetadataKey = "cf-edge:function";

/** What a Lambda function was made of. All of it follows from its content: no time, no commit. */
export interface FunctionMetadata {
  readonly package: string;
  readonly version: string;
  /** Hexadecimal, over the artefact's code. */
  readonly codeSha256: string;
  /** Hexadecimal, over config.json. */
  readonly configSha256: string;
}

const configFile = "config.json";
const manifestFile = "manifest.json";

/** Returns what a template says of the artefact that a function is made of. */
export function functionMetadata({ manifest, files }: EdgeFunctionAsset): FunctionMetadata {
  const code = [...files].filter(([name]) => ![configFile, manifestFile].includes(name));
  return {
    package: manifest.packageName,
    version: manifest.version,
    codeSha256: sha256Of(code.map(([, content]) => content)),
    configSha256: sha256Of([files.get(configFile) ?? new Uint8Array()]),
  };
}

function sha256Of(contents: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex");
}
