import { join } from "node:path";
import { comparisonOf, sideBySide, spreadOf } from "../frame/compare.ts";
import type { Bench } from "../frame/write-results.ts";
import { runLoad } from "../load/run-load.ts";
import { runReplay } from "../replay/run-replay.ts";
import { writeAccessLog } from "../replay/write-access-log.ts";
import { benchFolder } from "../servers/bench-folder.ts";
import { edgeTemplate, type TemplateFunctions } from "../servers/edge-template.ts";
import { startBareServer } from "../servers/start-bare-server.ts";

const rounds = 5;
const lines = 100_000;
const manyLines = 1_000_000;
const bare = "bare node:http";
const lambda = "replay with Lambda@Edge";
const cloudFront = "replay with CloudFront Functions";

/** Access logs through a distribution with functions on viewer-request and viewer-response. */
export const replay: Bench = {
  name: "replay",
  title: "A replay of access logs with two functions",
  method:
    "The command replays a standard log of 100,000 lines, from the start of its process to its report: six edge locations, some thousand paths, a third of the requests with a query string, which is part of the cache key. The functions are those of a cache hit. It takes turns with the bare server of that benchmark, so that what the machine is worth cancels out: 0.06 of it is 3,000 requests a second where it reaches 50,000. Memory: the peak over a log of 1,000,000 lines.",
  async run() {
    const template = (functions: TemplateFunctions): string =>
      JSON.stringify(edgeTemplate(functions, ["www.example.com"]));
    const folder = benchFolder({
      [`${lambda}.json`]: template(["viewer-request", "viewer-response"]),
      [`${cloudFront}.json`]: template("cloudfront-functions"),
    });
    const log = join(folder.path, "access.log");
    const long = join(folder.path, "long.log");
    const server = await startBareServer();
    try {
      await writeAccessLog(log, lines);
      await writeAccessLog(long, manyLines);
      const processorTime = new Map<string, number[]>();
      const replayed = (name: string) => {
        const times: number[] = [];
        processorTime.set(name, times);
        return {
          name,
          async measure(): Promise<number> {
            const usage = await runReplay(log, join(folder.path, `${name}.json`));
            times.push(usage.processorMicroseconds / lines);
            return lines / usage.seconds;
          },
        };
      };
      const { spread, ratio } = await sideBySide(rounds, [
        {
          name: bare,
          measure: async () =>
            (await runLoad({ port: server.port, path: "/notes/1", seconds: 2, warmUpMs: 500 }))
              .requestsPerSecond,
        },
        replayed(lambda),
        replayed(cloudFront),
      ]);
      const { peakMb } = await runReplay(long, join(folder.path, `${lambda}.json`));
      const processor = comparisonOf(processorTime);
      return [
        ...[bare, lambda, cloudFront].map((name) => ({
          name: `${name}, requests/s`,
          spread: spread(name),
        })),
        { name: "replay: Lambda@Edge : bare node:http", spread: ratio(lambda, bare) },
        { name: "replay: CloudFront Functions : bare node:http", spread: ratio(cloudFront, bare) },
        ...[lambda, cloudFront].map((name) => ({
          name: `${name}: processor time of a request, µs`,
          spread: processor.spread(name),
        })),
        { name: "replay: peak of 1,000,000 lines, MB", spread: spreadOf([peakMb]) },
      ];
    } finally {
      await server.stop();
      folder.remove();
    }
  },
};
