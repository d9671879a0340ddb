import { expect, it } from "vitest";
import { packedPackageOf } from "../test/packed-package-of.ts";
import { checkSourceMaps } from "./check-source-maps.ts";

const source = { "src/a.ts": "export const a = 1;\n" };
const code = "export const a = 1;\n//# sourceMappingURL=a.js.map";
const mapOf = (
  sources: readonly string[],
  sourcesContent?: readonly string[],
  sourceRoot?: string,
) => JSON.stringify({ version: 3, sourceRoot, sources, sourcesContent });

it("allows a map that carries the source, of the compiler or of the bundler", () => {
  const packed = packedPackageOf(source, {
    "dist/a.js": code,
    "dist/a.js.map": mapOf(["../src/a.ts"], [source["src/a.ts"]]),
    "dist/lambda/index.cjs.map": mapOf(["src/a.ts"], [source["src/a.ts"]], "../../"),
  });
  expect(checkSourceMaps(packed)).toEqual([]);
});

it("allows a module that a bundler's plugin made, which has no file, as long as the map carries it", () => {
  const carried = { "dist/a.cjs.map": mapOf(["lazy:node:https"], ["module.exports = {};"]) };
  expect(checkSourceMaps(packedPackageOf(source, carried))).toEqual([]);
  const left = { "dist/a.cjs.map": mapOf(["lazy:node:https"]) };
  expect(checkSourceMaps(packedPackageOf(source, left))).toHaveLength(1);
});

it("refuses a map without the source or with another one, and a map that is not there", () => {
  const packed = packedPackageOf(source, {
    "dist/a.js": code,
    "dist/b.js.map": mapOf(["../src/a.ts"]),
    "dist/c.js.map": mapOf(["../src/a.ts"], ["export const a = 2;\n"]),
  });
  expect(checkSourceMaps(packed)).toMatchInlineSnapshot(`
    [
      "dist/a.js of a names a source map that is not in the tarball: got "a.js.map". Publish the map or leave out the comment.",
      "dist/b.js.map of a does not carry the source that it was made of: got "../src/a.ts" without its text. Set inlineSources in tsconfig.base.json and build again.",
      "dist/c.js.map of a does not carry the source that it was made of: got "../src/a.ts" with another text. Set inlineSources in tsconfig.base.json and build again.",
    ]
  `);
});

it("allows a bundled dependency's source that only the dependency's own map carries", () => {
  const bundledFrom = (text: string) =>
    packedPackageOf(
      { "node_modules/@b/b/dist/b.js.map": mapOf(["../src/b.ts"], ["export const b = 1;\n"]) },
      { "dist/chunk.js.map": mapOf(["../node_modules/@b/b/src/b.ts"], [text]) },
    );
  expect(checkSourceMaps(bundledFrom("export const b = 1;\n"))).toEqual([]);
  expect(checkSourceMaps(bundledFrom("export const b = 2;\n"))).toHaveLength(1);
});

it("allows a bundled dependency's file without the name of its own map", () => {
  const text = "export const b = 1;\n";
  const packed = packedPackageOf(
    { "node_modules/b/b.js": `${text}//# sourceMappingURL=b.js.map` },
    { "dist/chunk.js.map": mapOf(["../node_modules/b/b.js"], [text]) },
  );
  expect(checkSourceMaps(packed)).toEqual([]);
});
