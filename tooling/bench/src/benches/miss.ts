import type { Bench } from "../frame/write-results.ts";
import { compareLoads } from "../load/compare-loads.ts";
import { startOurServer } from "../servers/our-server.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const [bare, ours] = ["bare node:http", "local-cloudfront"];

const servers = new Map([
  [bare, startBareServer],
  [
    ours,
    () =>
      startOurServer(["viewer-request", "origin-request", "origin-response", "viewer-response"]),
  ],
]);

/** A cache miss through all four functions and a bucket's folder. */
export const miss: Bench = {
  name: "miss",
  title: "A cache miss through four functions",
  method:
    "As above; each request has a query string of its own, so that it goes through all four functions to the bucket's folder and into the cache.",
  async run() {
    const { requestsPerSecond } = await compareLoads(servers, (number) => `/notes/1?n=${number}-#`);
    return [
      { name: `${bare}, requests/s`, spread: requestsPerSecond.spread(bare) },
      { name: `${ours}, requests/s`, spread: requestsPerSecond.spread(ours) },
      {
        name: "miss: local-cloudfront : bare node:http",
        spread: requestsPerSecond.ratio(ours, bare),
      },
    ];
  },
};
