import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";

it("the package has no runtime bytes: only declarations are built", async () => {
  const files = await readdir(new URL("../dist", import.meta.url));
  expect(files).toContain("index.d.ts");
  expect(files.filter((file) => !file.endsWith(".d.ts"))).toEqual([]);
});
