import { expect, it } from "vitest";
import { packedPackageOf } from "../test/packed-package-of.ts";
import { checkTarballFiles } from "./check-tarball-files.ts";

const source = { "src/index.ts": "", "src/index.test.ts": "", "src/data.json": "{}" };
const tarball = {
  LICENSE: "",
  "README.md": "",
  "dist/data.json": "",
  "dist/index.d.ts": "",
  "dist/index.js": "",
  "dist/index.js.map": "",
};

it("allows what the compiler makes of src, and no more", () => {
  expect(checkTarballFiles(packedPackageOf(source, tarball))).toEqual([]);
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
