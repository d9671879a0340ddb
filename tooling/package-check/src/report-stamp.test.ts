import { expect, it } from "vitest";
import { readStamp, stamped } from "./report-stamp.ts";

const first = readStamp(stamped("report", "1.0.0", { report: "" }));
const changed = readStamp(stamped("another", "1.0.0", first));

it("keeps the checksum of a version while the report changes", () => {
  expect(first.report).toBe("report");
  expect(changed).toEqual({ report: "another", stamp: first.stamp });
});

it("takes the API that was reported when the package got a new version for that version's", () => {
  const next = readStamp(stamped("another", "1.1.0", changed));
  expect(next.stamp?.version).toBe("1.1.0");
  expect(next.stamp?.sha256).not.toBe(first.stamp?.sha256);
  expect(readStamp(stamped("a third", "1.1.0", changed)).stamp).toEqual(next.stamp);
});

it("finds no stamp in a text without one", () => {
  expect(readStamp("report\n")).toEqual({ report: "report" });
});
