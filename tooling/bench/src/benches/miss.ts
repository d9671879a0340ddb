import type { Bench } from "../frame/bench.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { compareLoads } from "../load/compare-loads.ts";
import { startOurServer } from "../servers/our-server.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const eventTypes = [
  "viewer-request",
  "origin-request",
  "origin-response",
  "viewer-response",
] as const;

/** A cache miss through all four functions and a bucket's folder. */
export const miss: Bench = {
  name: "miss",
  title: "A cache miss through four functions",
  method:
    "As above; each request has a query string of its own, so that it goes through all four functions to the bucket's folder and into the cache.",
  async run() {
    const servers = new Map([
      ["bare node:http", await startBareServer()],
      ["local-cloudfront", await startOurServer({ eventTypes })],
    ]);
    try {
      const { requestsPerSecond } = await compareLoads(servers, {
        path: (number) => `/notes/1?n=${number}-#`,
      });
      const ratio = requestsPerSecond.ratio("local-cloudfront", "bare node:http");
      return {
        tables: [
          {
            columns: ["requests/s", ...targetColumns.slice(1)],
            rows: [
              ...[...servers.keys()].map((name) =>
                targetRow(name, requestsPerSecond.spread(name), undefined, (value) =>
                  value.toFixed(0),
                ),
              ),
              targetRow("local-cloudfront : bare", ratio, { atLeast: 0.08 }),
            ],
          },
        ],
      };
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  },
};
