import type { Bench } from "../frame/bench.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { compareLoads } from "../load/compare-loads.ts";
import { cdkLocalVersion, startCdkLocal } from "../servers/cdk-local.ts";
import { startOurServer } from "../servers/our-server.ts";
import {
  serverlessVersion,
  startServerlessOfflineEdgeLambda,
} from "../servers/serverless-offline-edge-lambda.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const bare = "bare node:http";
const ours = "local-cloudfront";
const serverless = "serverless-offline-edge-lambda";

/** A cache hit with functions on viewer-request and viewer-response, on every request. */
export const hit: Bench = {
  name: "hit",
  title: "A cache hit with two functions",
  method:
    "Each server has one core, the load generator the other: 10 connections, one request at a time on each. Each is warmed up for six seconds, then they are loaded in turn, for a second each in every round. All serve the same page of 5.5 KB with the same seven headers; but for the bare server, which has it in memory, a viewer-request function rewrites the path and a viewer-response function adds the headers, on every request. Nothing is switched off.",
  async run() {
    const servers = new Map<string, ServerProcess>([
      [bare, await startBareServer()],
      [ours, await startOurServer({ eventTypes: ["viewer-request", "viewer-response"] })],
      [serverless, await startServerlessOfflineEdgeLambda()],
      ["cdk-local", await startCdkLocal()],
    ]);
    try {
      return await compare(servers);
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  },
};

async function compare(servers: ReadonlyMap<string, ServerProcess>) {
  const { requestsPerSecond, processorTime, tail } = await compareLoads(servers, {
    path: () => "/notes/1",
  });
  const whole = (value: number): string => value.toFixed(0);
  const ratio = (rival: string, atLeast: number) =>
    targetRow(`${ours} : ${rival}`, requestsPerSecond.ratio(ours, rival), { atLeast });
  return {
    tables: [
      {
        columns: ["requests/s", ...targetColumns.slice(1)],
        rows: [...servers.keys()].map((name) =>
          targetRow(name, requestsPerSecond.spread(name), undefined, whole),
        ),
      },
      {
        columns: ["ratio", ...targetColumns.slice(1)],
        rows: [
          ratio(bare, 0.25),
          ratio(serverless, 8),
          ratio("cdk-local", 20),
          targetRow(`p99 : p50 of ${ours}`, tail.spread(ours), { atMost: 4 }),
          targetRow(`p99 : p50 of ${bare}`, tail.spread(bare)),
        ],
      },
      {
        columns: ["processor time a request, µs", ...targetColumns.slice(1)],
        rows: [
          ...[bare, ours].map((name) => targetRow(name, processorTime.spread(name))),
          targetRow(`${ours} : ${bare}`, processorTime.ratio(ours, bare)),
        ],
      },
    ],
    versions: { [serverless]: serverlessVersion, "cdk-local": cdkLocalVersion },
  };
}
