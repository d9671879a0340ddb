import { expect, it } from "vitest";
import { folderOf, packageJson } from "../test/packed-package-of.ts";
import { checkArtefactExports } from "./edge-artefacts.ts";

const lambda = {
  "./lambda": "./dist/lambda/index.cjs",
  "./manifest": "./dist/lambda/manifest.json",
};
const published = {
  ...packageJson,
  edgeFunction: { eventType: "viewer-request" },
  exports: { ...packageJson.exports, ...lambda },
};

it("exports lead to the artefact of each entry", () => {
  const folder = folderOf({ "src/lambda.ts": "" });
  expect(checkArtefactExports(folder, published)).toEqual([]);
  expect(checkArtefactExports(folder, packageJson)).toEqual([]);
});

it("an artefact that exports do not lead to is a finding with the line to write", () => {
  const folder = folderOf({ "src/lambda.ts": "", "src/cloudfront-function.ts": "" });
  const exports = {
    ...published.exports,
    "./cloudfront-function": "./dist/lambda/index.cjs",
  };
  expect(checkArtefactExports(folder, { ...published, exports })).toEqual([
    'exports of a does not lead to the artefact of src/cloudfront-function.ts: got "./dist/lambda/index.cjs" for "./cloudfront-function". Write: "./cloudfront-function": "./dist/cloudfront-function/index.js".',
    'exports of a does not lead to the artefact of src/cloudfront-function.ts: got nothing for "./cloudfront-function/manifest". Write: "./cloudfront-function/manifest": "./dist/cloudfront-function/manifest.json".',
  ]);
});
