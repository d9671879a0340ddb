import type { Bench } from "../frame/bench.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { runLoad } from "../load/run-load.ts";
import { startOurServer } from "../servers/our-server.ts";
import { processUsage } from "../soak/process-usage.ts";

const checkpoints = [10_000, 100_000, 250_000, 500_000, 750_000, 1_000_000] as const;

/** Resident memory over a million requests. */
export const memory: Bench = {
  name: "memory",
  title: "Memory over a million requests",
  method:
    "Resident memory of the command that serves cache hits with two functions on every request, over 10 connections.",
  isSlow: true,
  async run() {
    const { port, pid, stop } = await startOurServer({
      eventTypes: ["viewer-request", "viewer-response"],
    });
    const points: { x: number; y: number }[] = [];
    try {
      let sent = 0;
      for (const requests of checkpoints) {
        await runLoad({ port, path: "/notes/1", requests: requests - sent });
        sent = requests;
        points.push({ x: requests, y: processUsage(pid).residentMb });
      }
    } finally {
      await stop();
    }
    const [first, last] = [points[0]?.y ?? 0, points.at(-1)?.y ?? 0];
    const once = (value: number) => ({ min: value, median: value, max: value });
    return {
      tables: [
        {
          columns: targetColumns,
          rows: [
            targetRow("after 10,000 requests, MB", once(first)),
            targetRow("after 1,000,000 requests, MB", once(last), { atMost: 130 }),
            targetRow("1,000,000 : 10,000", once(last / first), { atMost: 1.2 }),
          ],
        },
      ],
      curves: [
        {
          name: "resident",
          title: "Resident memory",
          xLabel: "requests",
          yLabel: "MB",
          lines: [{ name: "local-cloudfront", points }],
        },
      ],
    };
  },
};
