import { expect, it } from "vitest";
import { packageJson, packedPackageOf } from "../test/packed-package-of.ts";
import { checkTarballFiles } from "./check-tarball-files.ts";

const source = { "src/index.ts": "", "src/index.test.ts": "", "src/data.json": "{}" };
const noSources = '{ "sources": [] }';
const tarball = {
  LICENSE: "",
  "README.md": "",
  "dist/data.json": "",
  "dist/index.d.ts": "",
  "dist/index.js": "",
  "dist/index.js.map": noSources,
};

it("allows what the compiler makes of src, and no more", () => {
  expect(checkTarballFiles(packedPackageOf(source, tarball))).toEqual([]);
});

it("allows the pages of rules, and misses one that is not published", () => {
  const pages = { ...source, "rules/A-1.md": "", "rules/A-2.md": "" };
  const packed = packedPackageOf(pages, { ...tarball, "rules/A-1.md": "" });
  expect(checkTarballFiles(packed)).toEqual([
    'The tarball of a lacks a file: got no "rules/A-2.md". Build the package, and see that "files" in package.json names its folder.',
  ]);
});

it("refuses a file of a source that is gone, and misses one that is not built", () => {
  const { "dist/data.json": _left, ...rest } = tarball;
  const packed = packedPackageOf(source, { ...rest, "dist/old.js": "", "src/index.test.ts": "" });
  expect(checkTarballFiles(packed)).toMatchInlineSnapshot(`
    [
      "The tarball of a holds a file that its src does not explain: got "dist/old.js". Delete dist and build again, or name the file's folder more narrowly in "files".",
      "The tarball of a holds a file that its src does not explain: got "src/index.test.ts". Delete dist and build again, or name the file's folder more narrowly in "files".",
      "The tarball of a lacks a file: got no "dist/data.json". Build the package, and see that "files" in package.json names its folder.",
    ]
  `);
});

it("allows what a bundler makes: the entry points, what they share, and the types", () => {
  const published = {
    ...packageJson,
    bin: { a: "./bin/a.cjs" },
    scripts: { build: "tsc && node scripts/bundle.ts" },
  };
  const bundled = {
    LICENSE: "",
    "README.md": "",
    "dist/bundle.cjs": "",
    "dist/cli.cjs": "",
    "dist/cli.cjs.map": noSources,
    "dist/index.d.ts": "",
    "dist/index.js": "",
    "dist/index.js.map": noSources,
    "dist/worker/thread.cjs": "",
  };
  const packed = packedPackageOf({ "src/index.ts": "", "src/a.json": "{}" }, bundled, published);
  expect(checkTarballFiles({ ...packed, source: published })).toEqual([]);
  const left = packedPackageOf({ "src/index.ts": "" }, { ...bundled, "dist/old.js": "" });
  expect(checkTarballFiles({ ...left, source: published })).toHaveLength(1);
});

it("expects the licence of a dependency that a bundle holds, and of no other", () => {
  const sources = ["../src/index.ts", "../node_modules/.pnpm/b@1.0.0/node_modules/b/src/b.ts"];
  const withB = { ...tarball, "dist/index.js.map": JSON.stringify({ sources }) };
  const licence = { "dist/b.LICENSE.md": "" };
  expect(checkTarballFiles(packedPackageOf(source, { ...withB, ...licence }))).toEqual([]);
  expect(checkTarballFiles(packedPackageOf(source, withB))).toMatchInlineSnapshot(`
    [
      "The tarball of a lacks a file: got no "dist/b.LICENSE.md". Build the package, and see that "files" in package.json names its folder.",
    ]
  `);
  expect(checkTarballFiles(packedPackageOf(source, { ...tarball, ...licence }))).toHaveLength(1);
});

it("expects the page that vite builds, with the licences and what is copied for it", () => {
  const published = {
    ...packageJson,
    scripts: { build: "tsc && vite build --logLevel warn look" },
  };
  const sources = { "src/index.ts": "", "look/public/icon.svg": "" };
  const page = {
    "dist/look-page/assets/index-Ab_1-x9.js": "",
    "dist/look-page/index.html": "",
    "dist/look-page/licences.md": "",
  };
  const { "dist/data.json": _data, ...rest } = tarball;
  const whole = packedPackageOf(sources, { ...rest, ...page, "dist/look-page/icon.svg": "" });
  expect(checkTarballFiles({ ...whole, source: published })).toEqual([]);
  const lacking = packedPackageOf(sources, { ...rest, ...page });
  expect(checkTarballFiles({ ...lacking, source: published })).toHaveLength(1);
});

it("expects the artefact of each engine that an edge function has an entry for, with its source map", () => {
  const published = { ...packageJson, edgeFunction: { eventType: "viewer-request" } };
  const entries = { ...source, "src/lambda.ts": "", "src/cloudfront-function.ts": "" };
  const lambda = { "dist/lambda/index.cjs": "", "dist/lambda/manifest.json": "{}" };
  const script = {
    "dist/cloudfront-function/index.js": "",
    "dist/cloudfront-function/index.js.map": noSources,
    "dist/cloudfront-function/manifest.json": "{}",
  };
  const packed = packedPackageOf(entries, { ...tarball, ...lambda, ...script });
  expect(checkTarballFiles({ ...packed, source: published })).toMatchInlineSnapshot(`
    [
      "The tarball of a lacks a file: got no "dist/lambda/index.cjs.map". Build the package, and see that "files" in package.json names its folder.",
    ]
  `);
  const store = packedPackageOf(
    { ...entries, "src/cloudfront-function-store.ts": "" },
    { ...tarball, ...lambda, ...script, "dist/lambda/index.cjs.map": noSources },
  );
  expect(checkTarballFiles({ ...store, source: published })).toEqual([
    expect.stringContaining('got no "dist/cloudfront-function/index-store.js"'),
    expect.stringContaining('got no "dist/cloudfront-function/index-store.js.map"'),
  ]);
  const basic = packedPackageOf(
    { ...entries, "src/cloudfront-function-basic.ts": "" },
    { ...tarball, ...lambda, ...script, "dist/lambda/index.cjs.map": noSources },
  );
  const withVariant = {
    ...published,
    edgeFunction: { ...published.edgeFunction, cloudFrontFunction: { variants: ["basic"] } },
  };
  expect(checkTarballFiles({ ...basic, source: withVariant })).toEqual([
    expect.stringContaining('got no "dist/cloudfront-function/index-basic.js"'),
    expect.stringContaining('got no "dist/cloudfront-function/index-basic.js.map"'),
  ]);
  const ofOne = packedPackageOf({ ...source, "src/lambda.ts": "" }, { ...tarball, ...script });
  expect(checkTarballFiles({ ...ofOne, source: published })).toHaveLength(6);
});
