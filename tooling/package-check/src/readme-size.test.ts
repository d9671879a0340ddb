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
  "src/lambda.ts": "",
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
    /^README\.md of a does not say what its artefacts weigh/,
  );
  expect(checkReadmeSize(folderOf({ ...files, "README.md": "# a\n" }))[0]).toContain(
    "got no block",
  );
});

it("says of each artefact what it weighs", async () => {
  const folder = folderOf({
    ...files,
    "src/cloudfront-function.ts": "",
    "dist/cloudfront-function/manifest.json": manifest(73),
  });
  await writeReadmeSize(folder);
  expect(checkReadmeSize(folder)).toEqual([]);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  expect(readme).toMatch(/On Lambda@Edge: .* file of 61 bytes/);
  expect(readme).toMatch(/As a CloudFront Function: .* script of 73 bytes .* budget is 4096 of /);
});

it("says of a CloudFront Function alone what it weighs, and loads nothing", async () => {
  const { "src/lambda.ts": _, ...others } = files;
  const folder = folderOf({
    ...others,
    "README.md": "<!-- size: written by pnpm report -->\n<!-- /size -->\n",
    "src/cloudfront-function.ts": "",
    "dist/cloudfront-function/manifest.json": manifest(73),
  });
  await writeReadmeSize(folder);
  expect(checkReadmeSize(folder)).toEqual([]);
  expect(readFileSync(join(folder, "README.md"), "utf8")).not.toContain("Lambda@Edge");
});
