import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { folderWith } from "../test/lambda-edge-fixtures.ts";
import { lineWriter } from "./line-writer.ts";

it("the lines of one turn of the event loop are written at once", async () => {
  const stream = new PassThrough({ encoding: "utf8" });
  const chunks: unknown[] = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  const write = lineWriter(stream);
  write("one");
  write("two");
  await setImmediate();
  write("three");
  await setImmediate();
  expect(chunks).toEqual(["one\ntwo\n", "three\n"]);
});

it("where standard output is a file, they are in it when the turn is over", async () => {
  const path = join(folderWith({ "out.log": "" }), "out.log");
  const fd = openSync(path, "a");
  onTestFinished(() => closeSync(fd));
  const write = lineWriter(Object.assign(new PassThrough(), { fd }));
  write("one ✓");
  write("two");
  expect(readFileSync(path, "utf8")).toBe("");
  await setImmediate();
  expect(readFileSync(path, "utf8")).toBe("one ✓\ntwo\n");
});
