import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { functionPackage, writeFunctionPackage } from "../test/write-function-package.ts";
import { buildEdgeFunction } from "./build-edge-function.ts";

const entry = [
  'import config from "./inline-config.json" with { type: "json" };',
  'import { createRewrite } from "./rewrite.ts";',
  "",
  "export const handler = createRewrite(config);",
  "",
].join("\n");

/** A package for CloudFront Functions alone. */
function scriptPackage(rewrite: string): Readonly<Record<string, string>> {
  return {
    "package.json": functionPackage["package.json"] ?? "",
    "src/cloudfront-function.ts": entry,
    "src/rewrite.ts": rewrite,
  };
}

const rewrite = [
  "export function createRewrite(options: { from: string; to: string }) {",
  "  return (event: any) => {",
  "    const uri = event?.request?.uri ?? options.from;",
  "    try { if (uri === options.from) event.request.uri = options.to; } catch { return event; }",
  "    return event.request;",
  "  };",
  "}",
].join("\n");

async function build(code: string) {
  const folder = await writeFunctionPackage(scriptPackage(code));
  const built = await buildEdgeFunction(folder);
  const artefact = join(folder, "dist", "cloudfront-function");
  return {
    ...built,
    names: (await readdir(artefact)).sort(),
    code: await readFile(join(artefact, "index.js"), "utf8"),
  };
}

describe("the artefact for CloudFront Functions", () => {
  it("is one bundle, its source map and its manifest; without src/lambda.ts there is no other", async () => {
    const { names, lambdaEdge, cloudFrontFunction, code } = await build(rewrite);
    expect(names).toEqual(["index.js", "index.js.map", "manifest.json"]);
    expect(lambdaEdge).toBeUndefined();
    expect(cloudFrontFunction).toMatchObject({
      manifestVersion: 1,
      packageName: "tiny-rewrite",
      version: "1.2.3",
      eventType: "viewer-request",
      runtime: "cloudfront-js-2.0",
      bundle: { file: "index.js", bytes: Buffer.byteLength(code) },
    });
  });

  it("has a second bundle where options can be in a key value store: it finds the module cloudfront in cf", async () => {
    const folder = await writeFunctionPackage({
      ...scriptPackage(rewrite),
      "src/cloudfront-function-store.ts": [
        'import config from "./stored-config.json" with { type: "json" };',
        "declare const cf: any;",
        "export const handler = (event: any) => cf.kvs().get(config.key + event.request.uri);",
      ].join("\n"),
    });
    const { cloudFrontFunction } = await buildEdgeFunction(folder);
    const code = await readFile(join(folder, "dist/cloudfront-function/index-store.js"), "utf8");
    expect(cloudFrontFunction?.storeBundle).toMatchObject({
      file: "index-store.js",
      bytes: Buffer.byteLength(code),
    });
    const load = new Function("config", "cf", `var member;${code};return member`);
    const store = { get: (key: string) => `value of ${key}` };
    const handler = load({ key: "at " }, { kvs: () => store });
    expect(handler({ request: { uri: "/a" } })).toBe("value of at /a");
  });

  it("finds its options in config, and assigns its handler to member", async () => {
    const { code } = await build(rewrite);
    const load = new Function("config", `var member;${code};return member`);
    const handler = load({ from: "/a", to: "/b" });
    expect(handler({ request: { uri: "/a" } })).toEqual({ uri: "/b" });
    expect(handler({ request: { uri: "/c" } })).toEqual({ uri: "/c" });
  });

  it("FN-I-44: has what the runtime does not parse lowered", async () => {
    const { code } = await build(rewrite);
    expect(code).not.toMatch(/\?\.\w|\?\?|catch\{/);
  });

  it("leaves the modules of the runtime to the runtime", async () => {
    const { code } = await build(
      'declare function require(name: string): any;\nexport const createRewrite = (options: object) => () => require("crypto").createHash("md5").update(String(options)).digest("hex");',
    );
    expect(code).toContain('require("crypto").createHash("md5")');
  });
});

describe("what the runtime of CloudFront Functions lacks", () => {
  const handler = (body: string) =>
    `export const createRewrite = (options: any) => (event: any) => {\n${body}\n};`;

  it.each([
    [
      "a loop that esbuild does not lower",
      handler("for (const each of options) event(each);"),
      "NOT_BUNDLED",
      /^src\/rewrite\.ts:2 cannot be bundled: Transforming for-of loops .+\.$/,
    ],
    [
      "a spread that esbuild lets pass",
      handler("return event(...options);"),
      "NOT_IN_RUNTIME",
      /^src\/rewrite\.ts:2 does not run in cloudfront-js-2\.0: SyntaxError: .+/,
    ],
    [
      "a built-in",
      handler("return new Map(options);"),
      "NOT_IN_RUNTIME",
      /^src\/rewrite\.ts:2 does not run in cloudfront-js-2\.0: ReferenceError: "Map" is not defined\. .+/,
    ],
    [
      "a method",
      handler("return options.flat();"),
      "NOT_IN_RUNTIME",
      /^src\/rewrite\.ts:2 does not run in cloudfront-js-2\.0: TypeError: .+/,
    ],
    [
      "a module",
      `import { readFileSync } from "node:fs";\n${handler("return readFileSync(options);")}`,
      "FOREIGN_IMPORT",
      /^src\/rewrite\.ts:1 imports "node:fs"\. A CloudFront Function may import nothing but .+\.$/,
    ],
  ])("%s is refused at its source", async (_, code, errorCode, message) => {
    await expect(build(code)).rejects.toMatchObject({
      code: errorCode,
      message: expect.stringMatching(message),
    });
  });

  it("a package of an origin event names the viewer event of its CloudFront Function", async () => {
    const folder = await writeFunctionPackage({
      ...scriptPackage(rewrite),
      "package.json": JSON.stringify({
        name: "tiny-rewrite",
        version: "1.2.3",
        edgeFunction: { eventType: "origin-request" },
      }),
    });
    await expect(buildEdgeFunction(folder)).rejects.toMatchObject({
      code: "INVALID_SETTING",
      message:
        'tiny-rewrite has src/cloudfront-function.ts, but no viewer event: CloudFront Functions run at no origin-request. Set edgeFunction.cloudFrontFunction in package.json to {"eventType": "viewer-request"} or {"eventType": "viewer-response"}.',
    });
  });
});
