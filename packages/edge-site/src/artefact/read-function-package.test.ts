import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFunctionPackage } from "./read-function-package.ts";

let folder: string;
let resolveFrom: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "read-function-package-"));
  resolveFrom = join(folder, "edge.config.ts");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const code = 'exports.handler = async () => "ok";\n';
const manifest = {
  manifestVersion: 1,
  packageName: "a-function",
  bundle: {
    file: "index.cjs",
    bytes: code.length,
    sha256: createHash("sha256").update(code).digest("hex"),
  },
};
const exported = {
  "./manifest": "./dist/lambda/manifest.json",
  "./package.json": "./package.json",
};

function install(name: string, files: Readonly<Record<string, string | object>>): void {
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, "node_modules", name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

describe("readFunctionPackage", () => {
  it("reads the bundle and the manifest of a built package", () => {
    install("a-function", {
      "package.json": { exports: exported },
      "dist/lambda/manifest.json": manifest,
      "dist/lambda/index.cjs": code,
    });
    const { lambdaEdge, cloudFrontFunction } = readFunctionPackage("a-function", resolveFrom);
    expect(lambdaEdge?.manifest).toEqual(manifest);
    expect(new TextDecoder().decode(lambdaEdge?.bundle)).toBe(code);
    expect(cloudFrontFunction).toBeUndefined();
  });

  it("refuses a package that is not installed", () => {
    expect(() =>
      readFunctionPackage("spa-rewritten", resolveFrom),
    ).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: Package "spa-rewritten" is not installed. Check its spelling, or add it to the dependencies in package.json and install them.]`,
    );
  });

  it.each([
    ["without exports", { main: "index.js" }],
    ["without a manifest", { exports: { ".": "./index.js", "./package.json": "./package.json" } }],
    ["that hides its package.json", { exports: { ".": "./index.js" } }],
  ])("refuses a package %s", (name, packageJson) => {
    const packageName = name.replaceAll(" ", "-");
    install(packageName, { "package.json": packageJson });
    expect(() => readFunctionPackage(packageName, resolveFrom)).toThrow(
      expect.objectContaining({ code: "NOT_AN_EDGE_FUNCTION" }),
    );
  });

  it("refuses a manifest of another version", () => {
    install("newer", {
      "package.json": { exports: exported },
      "dist/lambda/manifest.json": { ...manifest, manifestVersion: 2 },
      "dist/lambda/index.cjs": code,
    });
    expect(() => readFunctionPackage("newer", resolveFrom)).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The manifest of "newer" has a manifestVersion that this version of edge-site does not read: got 2. Allowed: 1.]`,
    );
  });

  it.each([
    ["nothing is built", {}],
    ["the manifest is cut off", { "dist/lambda/manifest.json": '{"manifestVersion":' }],
    ["the bundle is gone", { "dist/lambda/manifest.json": manifest }],
  ])("says how to build a package of which %s", (name, files) => {
    const packageName = name.replaceAll(" ", "-");
    install(packageName, { "package.json": { exports: exported }, ...files });
    expect(() => readFunctionPackage(packageName, resolveFrom)).toThrow(
      `Package ${JSON.stringify(packageName)} is not built: its artefact is not complete. Run the script "build" of that package.`,
    );
  });

  it("refuses a bundle of the same size with other bytes", () => {
    install("edited", {
      "package.json": { exports: exported },
      "dist/lambda/manifest.json": { ...manifest, packageName: "edited" },
      "dist/lambda/index.cjs": code.replace("ok", "no"),
    });
    expect(() => readFunctionPackage("edited", resolveFrom)).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The file index.cjs of "edited" is not the one that its manifest describes: got 36 bytes with sha256 "9fcace496be63c13e3e45c7be2bd75b32b9c7d0c81cdf8566c173014b5a930be", the manifest says 36 bytes with "31317414ef8c6fbb0fa1aaffb1b2ebf2c9c215e87a0a39eeeaf2dafdca79f772". Build it again, without a cache.]`,
    );
  });
});
