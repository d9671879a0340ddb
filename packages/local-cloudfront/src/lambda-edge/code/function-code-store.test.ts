import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FunctionCodeStore } from "./function-code-store.ts";

let store: FunctionCodeStore;

beforeEach(() => {
  store = new FunctionCodeStore();
});

afterEach(() => store.close());

it("functions that start together each get their own code", async () => {
  const sources = Array.from({ length: 20 }, (_, number) => `exports.number = ${number};`);
  const folders = await Promise.all(
    sources.map((source) => store.taskRootOf(source, { kind: "inline", source })),
  );
  const staged = await Promise.all(
    folders.map((folder) => readFile(join(folder, "index.js"), "utf8")),
  );
  expect(staged).toEqual(sources);
});

it("a function that is asked for twice is staged once", async () => {
  const code = { kind: "inline", source: "exports.a = 1;" } as const;
  const [first, second] = await Promise.all([
    store.taskRootOf("a", code),
    store.taskRootOf("a", code),
  ]);
  expect(second).toBe(first);
});
