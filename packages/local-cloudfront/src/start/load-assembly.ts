import { statSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Clock } from "../clock.ts";
import { CloudAssemblyError, readCloudAssembly } from "cloud-assembly";
import { loadDistribution, type LoadedDistribution } from "../resolve/load-distribution.ts";
import type { OriginContent } from "../distribution/origins.ts";
import { findPython } from "../lambda-edge/thread/python.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";

/**
 * Reads the assembly that the options name and resolves its distribution.
 *
 * @throws {LocalCloudFrontError} when CloudFront would refuse it, or it cannot run here
 */
export function loadAssembly(options: LocalCloudFrontOptions, clock: Clock): LoadedDistribution {
  try {
    return load(options, clock);
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    const { message, factId } = error;
    throw new LocalCloudFrontError(message, {
      cause: error,
      ...(factId === undefined ? {} : { factId }),
    });
  }
}

function load(options: LocalCloudFrontOptions, clock: Clock): LoadedDistribution {
  const { stack, distribution, parameters, imports, values, origins = {} } = options;
  return loadDistribution(readCloudAssembly(options.assembly), {
    ...(stack === undefined ? {} : { stackName: stack }),
    ...(distribution === undefined ? {} : { distributionLogicalId: distribution }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(imports === undefined ? {} : { imports }),
    ...(values === undefined ? {} : { values }),
    ...(options.quotas === undefined ? {} : { quotas: options.quotas }),
    python: () => findPython()?.version,
    today: new Date(clock.now()).toISOString().slice(0, 10),
    originOverrides: new Map(
      Object.entries(origins).map(([id, content]) => [id, originContent(id, content)]),
    ),
    keyValueFiles: new Map(
      Object.entries(options.keyValueStores ?? {}).map(([id, path]) => [id, resolve(path)]),
    ),
    functionCodes: new Map(
      Object.entries(options.functions ?? {}).map(([id, path]) => [id, functionCode(id, path)]),
    ),
  });
}

function originContent(id: string, content: string): OriginContent {
  if (/^https?:\/\//i.test(content)) {
    if (!URL.canParse(content)) {
      throw new LocalCloudFrontError(
        `Origin ${id} has no valid URL: got ${JSON.stringify(content)}. Pass one such as http://127.0.0.1:3000.`,
      );
    }
    return { kind: "url", url: content };
  }
  const path = resolve(content);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new LocalCloudFrontError(
      `Origin ${id} has no folder: got ${JSON.stringify(content)}. Build the site first, or pass a folder that exists or a URL.`,
    );
  }
  return { kind: "folder", path };
}

function functionCode(id: string, path: string): string {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats?.isDirectory() || (stats?.isFile() && [".zip", ".js"].includes(extname(absolute))))
    return absolute;
  throw new LocalCloudFrontError(
    `Function ${id} has no code: got ${JSON.stringify(path)}. Pass the folder that its package is made of, or a zip file; for a CloudFront Function its .js file.`,
  );
}
