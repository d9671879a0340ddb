import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { runLoad } from "../load/run-load.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { startLargeDistribution } from "../servers/start-large-distribution.ts";

/** Cache behaviors, all of which a request's path has to pass, and cached objects. */
const sizes = [
  { behaviors: 5, objects: 100 },
  { behaviors: 25, objects: 1_000 },
  { behaviors: 100, objects: 10_000 },
  { behaviors: 200, objects: 100_000 },
] as const;

const nameOf = ({ behaviors, objects }: (typeof sizes)[number]): string =>
  `${behaviors} behaviors, ${objects.toLocaleString("en-US")} objects`;

/** How the cost of a cache hit grows with the distribution and the cache. */
export const growth: Bench = {
  name: "growth",
  title: "Growth of the local CloudFront",
  method:
    "Microseconds for a cache hit without functions, on one core, where the request's path matches none of the cache behaviors but the last, and the cache holds as many objects, each of which is asked for in turn.",
  async run() {
    const servers: ServerProcess[] = [];
    try {
      for (const { behaviors, objects } of sizes) {
        // The cache must hold all: 100,000 pages of 5.5 KB would not fit into it.
        const server = await startLargeDistribution(behaviors);
        servers.push(server);
        const { port } = server;
        await runLoad({ port, path: "/index.html?object=#", objects, requests: objects });
      }
      const compared = await sideBySide(
        5,
        sizes.map((size, index) => ({
          name: nameOf(size),
          async measure() {
            const port = servers[index]?.port ?? 0;
            const { objects } = size;
            const load = await runLoad({ port, path: "/index.html?object=#", objects });
            return 1e6 / load.requestsPerSecond;
          },
        })),
      );
      const [small, large] = [nameOf(sizes[0]), nameOf(sizes[3])];
      return {
        tables: [
          {
            columns: ["µs a request", ...targetColumns.slice(1)],
            rows: [
              ...sizes.map((size) => targetRow(nameOf(size), compared.spread(nameOf(size)))),
              targetRow("the largest : the smallest", compared.ratio(large, small), {
                atMost: 1.3,
              }),
            ],
          },
        ],
        curves: [
          {
            name: "hit",
            title: "A cache hit among many",
            xLabel: "cached objects (and 5, 25, 100, 200 cache behaviors)",
            yLabel: "µs",
            lines: [
              {
                name: "local-cloudfront",
                points: sizes.map((size) => ({
                  x: size.objects,
                  y: compared.spread(nameOf(size)).median,
                })),
              },
            ],
          },
        ],
      };
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
