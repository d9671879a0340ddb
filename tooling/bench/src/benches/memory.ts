import { spreadOf } from "../frame/compare.ts";
import type { Bench } from "../frame/write-results.ts";
import { runLoad } from "../load/run-load.ts";
import { startOurServer } from "../servers/our-server.ts";
import { processUsage } from "../soak/process-usage.ts";

/** Resident memory over a million requests. */
export const memory: Bench = {
  name: "memory",
  title: "Memory over a million requests",
  method:
    "Resident memory of the command that serves cache hits with two functions on every request, over 10 connections.",
  async run() {
    const { port, pid, stop } = await startOurServer(["viewer-request", "viewer-response"]);
    try {
      await runLoad({ port, path: "/notes/1", requests: 10_000 });
      const early = processUsage(pid).residentMb;
      await runLoad({ port, path: "/notes/1", requests: 990_000 });
      const late = processUsage(pid).residentMb;
      return [
        { name: "after 10,000 requests, MB", spread: spreadOf([early]) },
        { name: "memory: after 1,000,000 requests, MB", spread: spreadOf([late]) },
        { name: "memory: 1,000,000 : 10,000 requests", spread: spreadOf([late / early]) },
      ];
    } finally {
      await stop();
    }
  },
};
