import { join } from "node:path";
import { benchFolder } from "./bench-folder.ts";
import { installedFromNpm } from "./installed-from-npm.ts";
import { functionSources, page } from "./page.ts";
import { startServerIn, type ServerProcess } from "./server-process.ts";

const serverlessVersion = "1.3.1";

/**
 * Its server without the Serverless Framework around it, which only reads the configuration: what is
 * below is what it would have read.
 */
const program = (module: string): string => `
const { BehaviorRouter } = require(${JSON.stringify(module)});
const lambda = (eventType) => ({
  name: eventType,
  handler: eventType + ".handler",
  lambdaAtEdge: { distribution: "Site", eventType, pathPattern: "*" },
});
const DistributionConfig = { DefaultCacheBehavior: {} };
const Site = { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig } };
const service = {
  custom: { offlineEdgeLambda: { originMap: [{ pathPattern: "*", target: "./site" }] } },
  functions: { request: lambda("viewer-request"), response: lambda("viewer-response") },
  resources: { Resources: { Site } },
};
const serverless = { cli: { log: console.log }, config: { servicePath: __dirname }, service };
new BehaviorRouter(serverless, { cacheDir: __dirname + "/cache" }).start(Number(process.argv[2]));
`;

/** Starts serverless-offline-edge-lambda with the two viewer functions, its cache on. */
export async function startServerlessOfflineEdgeLambda(): Promise<ServerProcess> {
  const installed = installedFromNpm("serverless-offline-edge-lambda", serverlessVersion);
  const router = "node_modules/serverless-offline-edge-lambda/dist/behavior-router.js";
  const folder = benchFolder({
    "server.cjs": program(join(installed, router)),
    "viewer-request.js": functionSources["viewer-request"],
    "viewer-response.js": functionSources["viewer-response"],
    "site/index.html": page,
  });
  return startServerIn(folder, {
    program: (port) => [join(folder.path, "server.cjs"), String(port)],
    path: "/notes/1",
    cwd: folder.path,
  });
}
