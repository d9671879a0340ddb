import { expect, it } from "vitest";
import { progressLine } from "./replay-progress.ts";

it.each([
  [0, 0, 0, "0 %, 0 requests, 0 a second, about 0 s left"],
  [0.25, 30_000, 10_000, "25 %, 30,000 requests, 3,000 a second, about 30 s left"],
  [0.01, 10_000, 3000, "1 %, 10,000 requests, 3,333 a second, about 5 min left"],
  [1, 1_000_000, 333_000, "100 %, 1,000,000 requests, 3,003 a second, about 0 s left"],
])(
  "of %s of the bytes, %s requests and %s ms, the progress is told",
  (share, replayed, ms, line) => {
    expect(progressLine(share, replayed, ms)).toBe(`${line} (Ctrl+C: the report so far)`);
  },
);
