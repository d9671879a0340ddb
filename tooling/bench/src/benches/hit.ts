import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { spreadOf } from "../frame/spread.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { runLoad, type Load } from "../load/run-load.ts";
import { cdkLocalVersion, startCdkLocal } from "../servers/cdk-local.ts";
import { startOurServer } from "../servers/our-server.ts";
import {
  serverlessVersion,
  startServerlessOfflineEdgeLambda,
} from "../servers/serverless-offline-edge-lambda.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const ours = "local-cloudfront";
const serverless = "serverless-offline-edge-lambda";

/** A cache hit with functions on viewer-request and viewer-response, on every request. */
export const hit: Bench = {
  name: "hit",
  title: "A cache hit with two functions",
  method:
    "Each server has one core, the load generator the other: 10 connections, one request at a time on each. All serve the same page of 5.5 KB with the same seven headers; but for the bare server, which has it in memory, a viewer-request function rewrites the path and a viewer-response function adds the headers, on every request. Nothing is switched off.",
  async run() {
    const servers = new Map<string, ServerProcess>([
      ["bare node:http", await startBareServer()],
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
  const loads: Load[] = [];
  const compared = await sideBySide(
    7,
    [...servers].map(([name, { port }]) => ({
      name,
      async measure() {
        const load = await runLoad({ port, path: "/notes/1" });
        if (name === ours) loads.push(load);
        return load.requestsPerSecond;
      },
    })),
  );
  const perSecond = [...servers.keys()].map((name) =>
    targetRow(name, compared.spread(name), undefined, (value) => value.toFixed(0)),
  );
  const tails = spreadOf(loads.slice(1).map(({ p50Ms, p99Ms }) => p99Ms / p50Ms));
  return {
    tables: [
      { columns: ["requests/s", ...targetColumns.slice(1)], rows: perSecond },
      {
        columns: ["ratio", ...targetColumns.slice(1)],
        rows: [
          targetRow(`${ours} : bare`, compared.ratio(ours, "bare node:http"), { atLeast: 0.25 }),
          targetRow(`${ours} : ${serverless}`, compared.ratio(ours, serverless), { atLeast: 8 }),
          targetRow(`${ours} : cdk-local`, compared.ratio(ours, "cdk-local"), { atLeast: 20 }),
          targetRow(`p99 : p50 of ${ours}`, tails, { atMost: 4 }),
        ],
      },
    ],
    versions: { [serverless]: serverlessVersion, "cdk-local": cdkLocalVersion },
  };
}
