import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EdgeEngine, EdgeFunctionManifest } from "cf-types";
import { LocalCloudFront } from "local-cloudfront";
import { onTestFinished } from "vitest";
import { loadCloudFrontFunction } from "./load-cloudfront-function.ts";
import { type DistributionWithFunction, templateWithFunction } from "./template-with-function.ts";

/** The managed policy CachingDisabled: each request runs the function. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** Which artefact runs, with which options. */
export interface StartedFunction {
  /** The folder of a function package that has been built. */
  readonly packageFolder: string;
  readonly engine: EdgeEngine;
  readonly compiledOptions: object;
  /**
   * What the cache behavior says besides.
   * @default - the managed policy CachingDisabled
   */
  readonly cacheBehavior?: object;
  /**
   * What the distribution's config says besides.
   * @default {}
   */
  readonly distributionConfig?: object;
  /**
   * What the template holds besides, by logical id.
   * @default {}
   */
  readonly resources?: object;
  /**
   * Files of the origin by path, beside its page.
   * @default {}
   */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Files by path of origins that the function chooses, by id or host name.
   * @default {}
   */
  readonly otherOrigins?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * What its key value store, `store`, has at first. Of CloudFront Functions.
   * @default - it has no store
   */
  readonly keyValues?: Readonly<Record<string, string>>;
  /**
   * At which event it runs.
   * @default - the first that its manifest names
   */
  readonly eventType?: string;
}

/**
 * Starts a local CloudFront with the built artefact of a function package in front of an origin that has one page,
 * `/`. It closes when the test is over.
 */
export async function startFunction(started: StartedFunction): Promise<LocalCloudFront> {
  const folder = await mkdtemp(join(tmpdir(), "start-function-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const origins: Record<string, string> = {};
  const site = { "index.html": "<!doctype html>", ...started.files };
  for (const [name, files] of Object.entries({ site, ...started.otherOrigins })) {
    origins[name] = join(folder, "origins", name);
    for (const [path, content] of Object.entries(files)) {
      const file = join(origins[name], path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  const assembly = join(folder, "template.json");
  await writeFile(
    assembly,
    JSON.stringify(templateWithFunction(await functionOf(started, folder))),
  );
  const cloudfront = await LocalCloudFront.start({ assembly, origins, port: 0 });
  onTestFinished(() => cloudfront.close());
  for (const [key, value] of Object.entries(started.keyValues ?? {})) {
    cloudfront.kvs("store").set(key, value);
  }
  return cloudfront;
}

async function functionOf(
  { packageFolder, engine, compiledOptions, keyValues, ...distribution }: StartedFunction,
  folder: string,
): Promise<DistributionWithFunction> {
  const common = {
    cacheBehavior: {
      ViewerProtocolPolicy: "allow-all",
      CachePolicyId: cachingDisabled,
      ...distribution.cacheBehavior,
    },
    distributionConfig: { DefaultRootObject: "index.html", ...distribution.distributionConfig },
    ...(distribution.resources && { resources: distribution.resources }),
  };
  if (engine === "cloudfront-function") {
    const { code, manifest } = await loadCloudFrontFunction(packageFolder, compiledOptions);
    const { eventType = manifest.eventType } = distribution;
    const hasStore = keyValues !== undefined;
    return { code: { FunctionCode: code }, hasStore, eventType, ...common };
  }
  const lambda = join(packageFolder, "dist", "lambda");
  const manifest: EdgeFunctionManifest = JSON.parse(
    await readFile(join(lambda, "manifest.json"), "utf8"),
  );
  const asset = join(folder, "asset");
  await mkdir(asset);
  await copyFile(join(lambda, manifest.bundle.file), join(asset, manifest.bundle.file));
  await writeFile(join(asset, "config.json"), JSON.stringify(compiledOptions));
  const { eventType = manifest.eventType } = distribution;
  return { code: "./asset", eventType, ...common };
}
