import { createHash } from "node:crypto";
import { readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { SourceMap, createRequire } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { functionPackage, writeFunctionPackage } from "../test/write-function-package.ts";
import { buildEdgeFunction } from "./build-edge-function.ts";

const entry = functionPackage["src/lambda.ts"] ?? "";

async function readArtefact(folder: string): Promise<Record<string, string>> {
  const lambda = join(folder, "dist", "lambda");
  const names = (await readdir(lambda)).sort();
  const contents = await Promise.all(names.map((name) => readFile(join(lambda, name), "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? ""]));
}

/** As Lambda does it: the configuration is written beside the bundle, then the bundle is required. */
async function loadHandler(folder: string, config: unknown): Promise<(event: unknown) => unknown> {
  const lambda = join(folder, "dist", "lambda");
  await writeFile(join(lambda, "config.json"), JSON.stringify(config));
  return createRequire(join(lambda, "/"))("./index.cjs").handler;
}

describe("the artefact", () => {
  it("is one bundle, its source map and its manifest", async () => {
    const folder = await writeFunctionPackage();
    const { lambdaEdge: manifest, cloudFrontFunction } = await buildEdgeFunction(folder);
    const artefact = await readArtefact(folder);
    expect(cloudFrontFunction).toBeUndefined();
    expect(Object.keys(artefact)).toEqual(["index.cjs", "index.cjs.map", "manifest.json"]);
    expect(JSON.parse(artefact["manifest.json"] ?? "")).toEqual(manifest);
    expect(manifest).toEqual({
      manifestVersion: 1,
      packageName: "tiny-rewrite",
      version: "1.2.3",
      eventType: "viewer-request",
      handler: "index.handler",
      runtime: "nodejs22.x",
      memoryMb: 128,
      timeoutSeconds: 5,
      includeBody: false,
      bundle: {
        file: "index.cjs",
        bytes: Buffer.byteLength(artefact["index.cjs"] ?? ""),
        sha256: createHash("sha256")
          .update(artefact["index.cjs"] ?? "")
          .digest("hex"),
      },
    });
  });

  it("is one line of strict, minified CommonJS", async () => {
    const folder = await writeFunctionPackage();
    await buildEdgeFunction(folder);
    const code = (await readArtefact(folder))["index.cjs"];
    expect(code).toMatch(/^"use strict";/);
    expect(code?.trim().split("\n")).toHaveLength(1);
  });

  it("runs in a bare folder, strictly, with the configuration beside it", async () => {
    const folder = await writeFunctionPackage();
    await buildEdgeFunction(folder);
    const handler = await loadHandler(folder, Object.freeze({ from: "/a", to: "/b" }));
    expect(await handler({ uri: "/a" })).toEqual({ uri: "/b" });
    expect(await handler({ uri: "/c" })).toEqual({ uri: "/c" });
    await expect(handler(Object.freeze({ uri: "/a" }))).rejects.toThrow(TypeError);
  });

  it("has the code of the packages that it imports inside", async () => {
    const folder = await writeFunctionPackage({
      ...functionPackage,
      "src/lambda.ts": `import { shout } from "shout";\n${entry}void shout("now");\n`,
      "node_modules/shout/package.json": '{"name":"shout","main":"shout.js"}',
      "node_modules/shout/shout.js":
        "exports.shout = (text) => { globalThis.shouted = text.toUpperCase(); };\n//# sourceMappingURL=shout.js.map",
      "node_modules/shout/shout.js.map":
        '{"version":3,"sources":["src/shout.ts"],"names":[],"mappings":"AAAA"}',
      "node_modules/shout/LICENSE": "Shout as you like.",
    });
    await buildEdgeFunction(folder);
    await loadHandler(folder, {});
    expect(globalThis).toHaveProperty("shouted", "NOW");
    expect(await readFile(join(folder, "dist/shout.LICENSE.md"), "utf8")).toBe(
      "Shout as you like.",
    );
    const { "index.cjs.map": map = "" } = await readArtefact(folder);
    const { sources, sourcesContent } = JSON.parse(map) as Record<string, readonly string[]>;
    expect(sourcesContent?.[sources?.indexOf("node_modules/shout/shout.js") ?? -1]).toContain(
      "exports.shout",
    );
  });
});

describe("the bytes", () => {
  it("are the same in another folder and through a symbolic link", async () => {
    const folders = [await writeFunctionPackage(), await writeFunctionPackage()];
    const link = join(await writeFunctionPackage({}), "link");
    await symlink(await writeFunctionPackage(), link);
    folders.push(link);
    const artefacts = [];
    for (const folder of folders) {
      await buildEdgeFunction(folder);
      artefacts.push(await readArtefact(folder));
    }
    expect(artefacts[1]).toEqual(artefacts[0]);
    expect(artefacts[2]).toEqual(artefacts[0]);
  });

  it("are the same when it is built again over an older artefact", async () => {
    const folder = await writeFunctionPackage();
    await buildEdgeFunction(folder);
    const first = await readArtefact(folder);
    await buildEdgeFunction(folder);
    expect(await readArtefact(folder)).toEqual(first);
  });

  it("of the bundle do not change with the version", async () => {
    const folder = await writeFunctionPackage();
    const first = await buildEdgeFunction(folder);
    await writeFile(
      join(folder, "package.json"),
      functionPackage["package.json"]?.replace("1.2.3", "1.2.4") ?? "",
    );
    const second = await buildEdgeFunction(folder);
    expect(second.lambdaEdge).toEqual({ ...first.lambdaEdge, version: "1.2.4" });
  });
});

it("the source map leads from the bundle to the sources, named relative to the package", async () => {
  const folder = await writeFunctionPackage();
  await buildEdgeFunction(folder);
  const artefact = await readArtefact(folder);
  const payload = JSON.parse(artefact["index.cjs.map"] ?? "");
  expect(payload.sources).toEqual([
    "edge-build:config.json",
    "src/tiny-rewrite.ts",
    "src/lambda.ts",
    "edge-build:exports.js",
  ]);
  const mapped = resolve(folder, "dist/lambda", payload.sourceRoot, "src/lambda.ts");
  expect(mapped).toBe(join(folder, "src/lambda.ts"));
  const column = artefact["index.cjs"]?.indexOf("throw new Error") ?? -1;
  expect(new SourceMap(payload).findEntry(0, column)).toMatchObject({
    originalSource: "src/tiny-rewrite.ts",
    originalLine: 3,
  });
});

describe("what cannot go to the edge", () => {
  it("a bundle over its budget is refused with both sizes, and nothing is written", async () => {
    const folder = await writeFunctionPackage({
      ...functionPackage,
      "package.json": JSON.stringify({
        name: "tiny-rewrite",
        version: "1.2.3",
        edgeFunction: { eventType: "viewer-request", budgetBytes: 100 },
      }),
    });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({
      code: "OVER_BUDGET",
      message: expect.stringMatching(
        /^The bundle of tiny-rewrite has \d{3} bytes, its budget is 100\. Make it smaller, or raise edgeFunction\.budgetBytes in package\.json\.$/,
      ),
    });
    await expect(readArtefact(folder)).rejects.toThrow("ENOENT");
  });

  it.each([
    {
      name: "a module of Node.js",
      lambda: `import { hash } from "node:crypto";\n${entry}void hash;`,
      code: "FOREIGN_IMPORT",
      message:
        'src/lambda.ts:1 imports "node:crypto". An edge function may require nothing but ./config.json.',
    },
    {
      name: "a module of Node.js without its prefix",
      lambda: `${entry}\nexport async function later() { return import("fs"); }`,
      code: "FOREIGN_IMPORT",
      message:
        'src/lambda.ts:6 imports "fs". An edge function may require nothing but ./config.json.',
    },
    {
      name: "a module that is named at run time",
      lambda: `${entry}\nvoid import(config.from);`,
      code: "FOREIGN_IMPORT",
      message: expect.stringMatching(
        /^The bundle loads a module at run time: got "import\(\w\.from"\. An edge function may require nothing but \.\/config\.json\.$/,
      ),
    },
    {
      name: "a package that is not installed",
      lambda: `import "not-installed";\n${entry}`,
      code: "NOT_BUNDLED",
      message: 'src/lambda.ts:1 cannot be bundled: Could not resolve "not-installed".',
    },
    {
      name: "a syntax error",
      lambda: `${entry}\nlet = ;`,
      code: "NOT_BUNDLED",
      message: expect.stringMatching(/^src\/lambda\.ts:6 cannot be bundled: .+\.$/),
    },
    {
      name: "no handler",
      lambda: entry.replace("handler", "handle"),
      code: "INVALID_ENTRY",
      message: "src/lambda.ts exports no handler. Write: export const handler = …;",
    },
    {
      name: "no import of config.json",
      lambda: "export const handler = async () => undefined;",
      code: "INVALID_ENTRY",
      message:
        'src/lambda.ts does not read its options once. Write: import config from "./config.json" with { type: "json" };',
    },
  ])("$name is refused", async ({ lambda, code, message }) => {
    const folder = await writeFunctionPackage({ ...functionPackage, "src/lambda.ts": lambda });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({ code, message });
  });

  it("a CommonJS package that requires a name at run time is refused", async () => {
    const folder = await writeFunctionPackage({
      ...functionPackage,
      "src/lambda.ts": `import "plugins";\n${entry}`,
      "node_modules/plugins/package.json": '{"name":"plugins","main":"plugins.js"}',
      "node_modules/plugins/plugins.js": "require(process.env.PLUGIN);",
    });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({
      code: "FOREIGN_IMPORT",
      message: expect.stringMatching(/^The bundle loads a module at run time: got "require/),
    });
  });

  it("a package without src/lambda.ts is refused", async () => {
    const folder = await writeFunctionPackage({
      "package.json": functionPackage["package.json"] ?? "",
    });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({
      code: "NOT_BUNDLED",
      message: 'src/lambda.ts cannot be bundled: Could not resolve "./src/lambda.ts".',
    });
  });

  it("config.json that is read from another file than the entry is refused", async () => {
    const folder = await writeFunctionPackage({
      ...functionPackage,
      "src/tiny-rewrite.ts": `import config from "./config.json" with { type: "json" };\nexport const createTinyRewrite = () => config;`,
    });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({
      code: "NOT_BUNDLED",
      message: 'src/tiny-rewrite.ts:1 cannot be bundled: Could not resolve "./config.json".',
    });
  });
});
