import { expect, it } from "vitest";
import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { timeByStage } from "./time-by-stage.ts";

const stages = [
  {
    stage: "viewer-request",
    steps: [{ step: "viewer-request", run: { durationMs: 0.5, initDurationMs: 40 } }],
  },
  { stage: "cache", steps: [{ step: "cache-miss" }] },
  {
    stage: "origin",
    steps: [
      { step: "origin", durationMs: 7 },
      { step: "origin-failover", from: "a", to: "b" },
      { step: "origin", durationMs: 3 },
    ],
  },
] as unknown as readonly RequestStage[];

it("adds up what each stage took, and leaves the rest to CloudFront itself", () => {
  expect(timeByStage({ durationMs: 60 } as Trace, stages)).toEqual({
    totalMs: 60,
    parts: [
      { stage: "viewer-request", ms: 40.5 },
      { stage: "origin", ms: 10 },
      { stage: "cloudfront", ms: 9.5 },
    ],
  });
});

it("takes more than the whole milliseconds of a request where its stages took more", () => {
  const { totalMs, parts } = timeByStage({ durationMs: 50 } as Trace, stages);
  expect(totalMs).toBe(50.5);
  expect(parts.map(({ stage }) => stage)).toEqual(["viewer-request", "origin"]);
});
