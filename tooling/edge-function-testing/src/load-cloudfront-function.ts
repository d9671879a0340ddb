import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  CloudFrontFunctionManifest,
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { cloudFrontFunctionCode } from "edge-handler/cloudfront-function-code";
import { testFunction } from "local-cloudfront";

/** A built CloudFront Function with its options. */
export interface LoadedCloudFrontFunction {
  readonly packageFolder: string;
  readonly manifest: CloudFrontFunctionManifest;
  /** The text of the bundle. */
  readonly script: string;
  /** As deployed: with the options. */
  readonly code: string;
  /**
   * Runs it once, as CloudFront does.
   *
   * @throws {Error} with the engine's message where it fails.
   */
  run(
    event: CloudFrontFunctionViewerRequestEvent | CloudFrontFunctionViewerResponseEvent,
  ): Promise<CloudFrontFunctionRequest | CloudFrontFunctionResponse>;
}

/**
 * Loads the built artefact of a function package for CloudFront Functions, with its options in the code.
 *
 * @param packageFolder The folder of a function package that has been built.
 */
export async function loadCloudFrontFunction(
  packageFolder: string,
  compiledOptions: object,
): Promise<LoadedCloudFrontFunction> {
  const folder = join(packageFolder, "dist", "cloudfront-function");
  const manifest: CloudFrontFunctionManifest = JSON.parse(
    await readFile(join(folder, "manifest.json"), "utf8"),
  );
  const { packageName, version, eventType, runtime, readsStore = false, variants = {} } = manifest;
  const { variant = "" } = compiledOptions as { readonly variant?: string };
  const { file } = variants[variant] ?? manifest.bundle;
  const script = await readFile(join(folder, file), "utf8");
  const { inlineConfig } = await import(join(packageFolder, "dist", "inline-config.js"));
  const options = inlineConfig(compiledOptions);
  const member = { packageName, version, script, options, readsStore };
  const code = cloudFrontFunctionCode([member], eventType);
  return {
    packageFolder,
    manifest,
    script,
    code,
    async run(event) {
      const json: unknown = JSON.parse(JSON.stringify(event));
      const result = await testFunction({ code, runtime, event: json });
      if (result.FunctionErrorMessage !== "") throw new Error(result.FunctionErrorMessage);
      const { request, response } = JSON.parse(result.FunctionOutput);
      return request ?? response;
    },
  };
}
