import { sideBySide } from "../frame/compare.ts";
import type { Bench } from "../frame/write-results.ts";
import { startCdkLocal } from "../servers/cdk-local.ts";
import { startOurServer } from "../servers/our-server.ts";
import type { ServerProcess } from "../servers/server-process.ts";

const [ours, cdkLocal] = ["local-cloudfront", "cdk-local"];

/** From the start of a process to its first 200. */
export const start: Bench = {
  name: "start",
  title: "From start to the first 200",
  method:
    "Milliseconds from the start of the process, on one core, to its first response of 200, whose way leads through two functions; the assembly is ready.",
  async run() {
    const compared = await sideBySide(7, [
      {
        name: ours,
        measure: () => startedAfterMs(startOurServer(["viewer-request", "viewer-response"])),
      },
      { name: cdkLocal, measure: () => startedAfterMs(startCdkLocal()) },
    ]);
    return [
      { name: `${ours}, ms`, spread: compared.spread(ours) },
      { name: `${cdkLocal}, ms`, spread: compared.spread(cdkLocal) },
      { name: "start: local-cloudfront : cdk-local", spread: compared.ratio(ours, cdkLocal) },
    ];
  },
};

async function startedAfterMs(started: Promise<ServerProcess>): Promise<number> {
  const server = await started;
  await server.stop();
  return server.startedAfterMs;
}
