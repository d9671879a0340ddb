import { resolve } from "node:path";
import { objectAt, valueAt, type JsonObject } from "../value/json.ts";
import type { FileAsset } from "./cloud-assembly.ts";
import type { ConstructMetadata } from "./read-construct-metadata.ts";

/** An asset whose bucket and key a deployment passes as parameters of the template. */
interface ParameterAsset {
  readonly asset: FileAsset;
  /** What `cdk deploy` passes, by the parameter's name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Returns the file assets of a stack that CDK 1, or the LegacyStackSynthesizer of CDK 2, has synthesized:
 * they are in the stack's metadata in place of an asset manifest.
 *
 * @param folder absolute path of the assembly.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/customize-synth.html
 */
export function parameterAssets(
  metadata: readonly ConstructMetadata[],
  folder: string,
): readonly ParameterAsset[] {
  return metadata.flatMap(({ items }) =>
    items
      .filter(({ type }) => type === "aws:cdk:asset")
      .flatMap(({ data }) => parameterAsset(data, folder) ?? []),
  );
}

function parameterAsset(data: unknown, folder: string): ParameterAsset | undefined {
  const [id, path, hash = id] = ["id", "path", "sourceHash"].map((name) => text(data, name));
  if (id === undefined || path === undefined) return undefined;
  const packaging = text(data, "packaging") === "zip" ? "zip" : "file";
  const objectKey = `${hash}${packaging === "zip" ? ".zip" : (/\.[^./]*$/.exec(path)?.[0] ?? "")}`;
  const values = {
    s3BucketParameter: "cdk-assets",
    // The template splits it at `||` into the key's folder and the file's name.
    s3KeyParameter: `||${objectKey}`,
    artifactHashParameter: hash ?? "",
  };
  return {
    asset: { id, path: resolve(folder, path), packaging, objectKeys: [objectKey] },
    parameters: Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const parameter = text(data, name);
        return parameter === undefined ? [] : [[parameter, value]];
      }),
    ),
  };
}

function text(data: unknown, name: string): string | undefined {
  const value = valueAt(data, name);
  return typeof value === "string" ? value : undefined;
}

/** Returns a template whose parameters for assets have the values that a deployment passes. */
export function withAssetParameters(
  template: JsonObject,
  assets: readonly ParameterAsset[],
): JsonObject {
  const declared = objectAt(template, "Parameters");
  const passed = assets
    .flatMap(({ parameters }) => Object.entries(parameters))
    .filter(([name]) => name in declared);
  if (passed.length === 0) return template;
  const defaults = passed.map(([name, value]) => [
    name,
    { ...objectAt(declared, name), Default: value },
  ]);
  return { ...template, Parameters: { ...declared, ...Object.fromEntries(defaults) } };
}
