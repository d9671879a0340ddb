import { expect, it } from "vitest";
import { readStamp, stamped } from "./report-stamp.ts";

it("keeps the checksum of a version while the report changes, and takes a new one with a new version", () => {
  const first = readStamp(stamped("report", "1.0.0"));
  expect(first.report).toBe("report");
  const changed = readStamp(stamped("another", "1.0.0", first.stamp));
  expect(changed).toEqual({ report: "another", stamp: first.stamp });
  const next = readStamp(stamped("another", "1.1.0", changed.stamp));
  expect(next.stamp?.version).toBe("1.1.0");
  expect(next.stamp?.sha256).not.toBe(first.stamp?.sha256);
});

it("finds no stamp in a text without one", () => {
  expect(readStamp("report\n")).toEqual({ report: "report" });
});
