import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { cdkLocalVersion, startCdkLocal } from "../servers/cdk-local.ts";
import { startOurServer } from "../servers/our-server.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const eventTypes = ["viewer-request", "viewer-response"] as const;
const bare = "bare node:http and two worker threads";
const bareCommonJs = `${bare}, as CommonJS`;

/** From the start of a process to its first 200. */
export const start: Bench = {
  name: "start",
  title: "From start to the first 200",
  method:
    "Milliseconds from the start of the process, on one core, to its first answer of 200, whose way leads through two functions; the assembly is ready. The bare server first starts two worker threads that do nothing. It is an ES module, as Node.js's documentation has it, and as CommonJS for comparison, which loads less of Node.js.",
  async run() {
    const compared = await sideBySide(
      7,
      Object.entries({
        [bare]: () => startBareServer(eventTypes.length),
        [bareCommonJs]: () => startBareServer(eventTypes.length, "CommonJS"),
        "local-cloudfront": () => startOurServer({ eventTypes }),
        "cdk-local": startCdkLocal,
      }).map(([name, startIt]) => ({ name, measure: () => startedAfterMs(startIt) })),
    );
    const milliseconds = [bare, bareCommonJs, "local-cloudfront", "cdk-local"].map((name) =>
      targetRow(`${name}, ms`, compared.spread(name), undefined, (value) => value.toFixed(0)),
    );
    return {
      tables: [
        {
          columns: targetColumns,
          rows: [
            ...milliseconds,
            targetRow("local-cloudfront : bare", compared.ratio("local-cloudfront", bare), {
              atMost: 1.5,
            }),
            targetRow(
              "local-cloudfront : bare as CommonJS",
              compared.ratio("local-cloudfront", bareCommonJs),
              { atMost: 1.5 },
            ),
            targetRow(
              "local-cloudfront : cdk-local",
              compared.ratio("local-cloudfront", "cdk-local"),
              { atMost: 0.25 },
            ),
          ],
        },
      ],
      versions: { "cdk-local": cdkLocalVersion },
    };
  },
};

async function startedAfterMs(startIt: () => Promise<ServerProcess>): Promise<number> {
  const server = await startIt();
  await server.stop();
  return server.startedAfterMs;
}
