import { expect, it } from "vitest";
import { progressLine } from "./replay-progress.ts";

const begin = { share: 0, replayed: 0, atMs: 0 };
const goneOn = { share: 0.5, replayed: 500_000, atMs: 0 };

it.each([
  [begin, 0, 0, 0, "0 %, 0 requests, 0 a second, about 0 s left"],
  [begin, 0.25, 30_000, 10_000, "25 %, 30,000 requests, 3,000 a second, about 30 s left"],
  [begin, 0.01, 10_000, 3000, "1 %, 10,000 requests, 3,333 a second, about 5 min left"],
  [begin, 1, 1_000_000, 333_000, "100 %, 1,000,000 requests, 3,003 a second, about 0 s left"],
  [goneOn, 0.75, 750_000, 50_000, "75 %, 750,000 requests, 5,000 a second, about 50 s left"],
])(
  "begun at %j, the progress of %s of the whole, %s requests and %s ms is told",
  (begun, share, replayed, atMs, line) => {
    expect(progressLine(begun, { share, replayed, atMs })).toBe(
      `${line} (Ctrl+C: the report so far)`,
    );
  },
);
