import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderOf, packageJson } from "../test/packed-package-of.ts";
import { checkReadmeSize, writeReadmeSize } from "./readme-size.ts";

const manifest = (bytes: number) =>
  JSON.stringify({
    packageName: "a",
    eventType: "viewer-request",
    runtime: "nodejs24.x",
    memoryMb: 128,
    timeoutSeconds: 5,
    bundle: { bytes },
  });
const files = {
  "package.json": JSON.stringify({
    ...packageJson,
    edgeFunction: { eventType: "viewer-request", budgetBytes: 99 },
  }),
  "README.md":
    "# a\n\n```ts\nconst compiled = { answer: 42 };\n```\n\n<!-- size: written by pnpm report -->\n<!-- /size -->\n",
  "dist/lambda/index.cjs": 'if (require("./config.json").answer !== 42) throw new Error();',
  "dist/lambda/manifest.json": manifest(61),
};

it("writes what the artefact weighs, once, and finds it again", async () => {
  const folder = folderOf(files);
  expect(checkReadmeSize(folder)).toHaveLength(1);
  await writeReadmeSize(folder);
  expect(checkReadmeSize(folder)).toEqual([]);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  expect(readme).toMatch(
    /one minified CommonJS file of 61 bytes .* budget is 99\. .* in \d+\.\d ms/,
  );
  await writeReadmeSize(folder);
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe(readme);
});

it("refuses a README of another size, and one without the markers", () => {
  const other = folderOf({ ...files, "dist/lambda/manifest.json": manifest(62) });
  expect(checkReadmeSize(other)[0]).toMatch(
    /^README\.md of a does not say what the artefact weighs/,
  );
  expect(checkReadmeSize(folderOf({ ...files, "README.md": "# a\n" }))[0]).toContain(
    "got no block",
  );
});
