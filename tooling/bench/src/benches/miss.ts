import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { runLoad } from "../load/run-load.ts";
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
    const bare = await startBareServer();
    const ours = await startOurServer({ eventTypes });
    let round = 0;
    try {
      const compared = await sideBySide(7, [
        {
          name: "bare node:http",
          measure: async () =>
            (await runLoad({ port: bare.port, path: "/notes/1" })).requestsPerSecond,
        },
        {
          name: "local-cloudfront",
          async measure() {
            round += 1;
            const path = `/notes/1?n=${round}-#`;
            return (await runLoad({ port: ours.port, path })).requestsPerSecond;
          },
        },
      ]);
      const perSecond = (name: string) =>
        targetRow(`${name}, requests/s`, compared.spread(name), undefined, (value) =>
          value.toFixed(0),
        );
      const ratio = compared.ratio("local-cloudfront", "bare node:http");
      return {
        tables: [
          {
            columns: targetColumns,
            rows: [
              perSecond("bare node:http"),
              perSecond("local-cloudfront"),
              targetRow("local-cloudfront : bare", ratio, { atLeast: 0.08 }),
            ],
          },
        ],
      };
    } finally {
      await Promise.all([bare.stop(), ours.stop()]);
    }
  },
};
