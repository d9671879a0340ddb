import { createHash } from "node:crypto";
import type { EdgeFunctionAsset } from "./edge-function-asset.ts";

/** The function's metadata in the template, by which a deploy tells why there will be a new version. */
export const functionMetadataKey = "cf-edge:function";

/** What a Lambda function was made of. All of it follows from its content: no time, no commit. */
export interface FunctionMetadata {
  readonly package: string;
  readonly version: string;
  /** Hexadecimal. */
  readonly bundleSha256: string;
  /** Hexadecimal, over config.json. */
  readonly configSha256: string;
}

/** Returns what a template says of the artefact that a function is made of. */
export function functionMetadata({ manifest, files }: EdgeFunctionAsset): FunctionMetadata {
  return {
    package: manifest.packageName,
    version: manifest.version,
    bundleSha256: manifest.bundle.sha256,
    configSha256: createHash("sha256")
      .update(files.get("config.json") ?? "")
      .digest("hex"),
  };
}
