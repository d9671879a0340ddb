import type { Bench } from "../frame/write-results.ts";
import { compareLoads } from "../load/compare-loads.ts";
import { startCdkLocal } from "../servers/cdk-local.ts";
import { startOurServer } from "../servers/our-server.ts";
import { startServerlessOfflineEdgeLambda } from "../servers/serverless-offline-edge-lambda.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const ours = "local-cloudfront";
const withCloudFrontFunctions = "local-cloudfront with CloudFront Functions";

const servers = new Map<string, () => Promise<ServerProcess>>([
  ["bare node:http", startBareServer],
  [ours, () => startOurServer(["viewer-request", "viewer-response"])],
  [withCloudFrontFunctions, () => startOurServer("cloudfront-functions")],
  ["serverless-offline-edge-lambda", startServerlessOfflineEdgeLambda],
  ["cdk-local", startCdkLocal],
]);

/** A cache hit with functions on viewer-request and viewer-response, on every request. */
export const hit: Bench = {
  name: "hit",
  title: "A cache hit with two functions",
  method:
    "Each server has one core, the load generator the other: 10 connections, one request at a time on each. Each is warmed up for six seconds, then they are loaded in turn, for a second each in every round; after five rounds all are started anew, three times. All serve the same page of 5.5 KB with the same seven headers; but for the bare server, which has it in memory, a viewer-request function rewrites the path and a viewer-response function adds the headers, on every request. Nothing is switched off.",
  async run() {
    const { requestsPerSecond, processorTime } = await compareLoads(servers, () => "/notes/1");
    const ratio = requestsPerSecond.ratio;
    return [
      ...[...servers.keys()].map((name) => ({
        name: `${name}, requests/s`,
        spread: requestsPerSecond.spread(name),
      })),
      { name: "hit: local-cloudfront : bare node:http", spread: ratio(ours, "bare node:http") },
      {
        name: "hit: local-cloudfront : serverless-offline-edge-lambda",
        spread: ratio(ours, "serverless-offline-edge-lambda"),
      },
      { name: "hit: local-cloudfront : cdk-local", spread: ratio(ours, "cdk-local") },
      {
        name: "hit: CloudFront Functions : Lambda@Edge",
        spread: ratio(withCloudFrontFunctions, ours),
      },
      {
        name: "processor time of a request, µs",
        spread: processorTime.spread(ours),
      },
    ];
  },
};
