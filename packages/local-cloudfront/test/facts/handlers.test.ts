import { describe, expect, it } from "vitest";
import { failureOf } from "../support/function-failures.ts";
import { packageFolder, packageZip } from "../support/function-package.ts";
import { startTestCloudFront, type TestResponse } from "../support/start-test-cloudfront.ts";

const answer = '{ status: "200", body: "answered" }';

/** Requests from a distribution whose viewer-request function has these properties. */
async function finish(
  source: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<TestResponse & { readonly detail: string | undefined }> {
  const { get, cloudfront } = await startTestCloudFront({
    functions: { "viewer-request": { source, properties } },
  });
  return { ...(await get("/a.html")), detail: failureOf(cloudfront)?.detail };
}

describe("a handler", () => {
  it.each([
    ["is async", "nodejs24.x", `async () => (${answer})`],
    ["is async", "nodejs22.x", `async () => (${answer})`],
    ["returns a promise", "nodejs24.x", `() => Promise.resolve(${answer})`],
    [
      "returns a promise that takes its time",
      "nodejs22.x",
      `() => new Promise((done) => setImmediate(done, ${answer}))`,
    ],
    ["calls back", "nodejs22.x", `(event, context, callback) => { callback(null, ${answer}); }`],
    [
      "calls back later",
      "nodejs20.x",
      `(event, context, callback) => { setImmediate(callback, null, ${answer}); }`,
    ],
    [
      "calls back and does not wait",
      "nodejs22.x",
      `(event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, ${answer});
    }`,
    ],
    [
      "is async and calls back",
      "nodejs22.x",
      `async (event, context, callback) => { callback(null, ${answer}); }`,
    ],
    [
      "is async, calls back, and returns something else",
      "nodejs20.x",
      `async (event, context, callback) => { callback(null, ${answer}); return { status: "404" }; }`,
    ],
    [
      "is async, waits, and calls back before it returns",
      "nodejs22.x",
      `async (event, context, callback) => {
      await new Promise(setImmediate);
      callback(null, ${answer});
      await new Promise(setImmediate);
    }`,
    ],
    [
      "calls back, and throws",
      "nodejs22.x",
      `async (event, context, callback) => { callback(null, ${answer}); throw new Error("late"); }`,
    ],
    [
      "is async, calls back, and does not wait",
      "nodejs22.x",
      `async (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, ${answer});
    }`,
    ],
    [
      "returns before it calls back",
      "nodejs22.x",
      `async (event, context, callback) => {
      setImmediate(callback, null, { status: "404" });
      return ${answer};
    }`,
    ],
    ["calls context.succeed", "nodejs22.x", `(event, context) => { context.succeed(${answer}); }`],
    ["calls context.done", "nodejs18.x", `(event, context) => { context.done(null, ${answer}); }`],
  ])("that %s answers on %s", async (_name, Runtime, handler) => {
    const { status, body } = await finish(`exports.handler = ${handler};`, { Runtime });
    expect({ status, body }).toEqual({ status: 200, body: "answered" });
  });

  it.each([
    [
      "calls back with an error",
      "nodejs22.x",
      '(event, context, callback) => { callback(new Error("no")); }',
      /^Error: no\.$/,
    ],
    [
      "is async and calls back with an error",
      "nodejs22.x",
      'async (event, context, callback) => { callback(new Error("no")); return {}; }',
      /^Error: no\.$/,
    ],
    ["rejects with nothing", "nodejs22.x", "() => Promise.reject()", /undefined/],
    [
      "calls context.fail",
      "nodejs22.x",
      '(event, context) => { context.fail(new Error("no")); }',
      /^Error: no\.$/,
    ],
    [
      "has a callback",
      "nodejs24.x",
      "(event, context, callback) => { callback(null, {}); }",
      /nodejs24\.x has no callback/,
    ],
  ])("LE-C-19: that %s on %s is answered 503", async (_name, Runtime, handler, detail) => {
    const failed = await finish(`exports.handler = ${handler};`, { Runtime });
    expect(failed).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failed.detail).toMatch(detail);
  });
});

describe("a function's package", () => {
  const commonJs = `exports.handler = async () => (${answer});`;
  const esModule = `export const handler = async () => (${answer});`;

  it.each([
    ["CommonJS", { "index.js": commonJs }, "index.handler"],
    ["CommonJS by its ending", { "index.cjs": commonJs }, "index.handler"],
    ["an ES module by its ending", { "index.mjs": esModule }, "index.handler"],
    [
      "an ES module by its package.json",
      { "index.js": esModule, "package.json": '{ "type": "module" }' },
      "index.handler",
    ],
    [
      "top-level await",
      {
        "index.mjs": `const answer = await Promise.resolve(${answer}); export const handler = async () => answer;`,
      },
      "index.handler",
    ],
    ["a nested file", { "src/edge/rewrite.js": commonJs }, "src/edge/rewrite.handler"],
    [
      "a nested export",
      { "index.js": `exports.edge = { rewrite: async () => (${answer}) };` },
      "index.edge.rewrite",
    ],
    [
      "a module of its own",
      {
        "index.js": 'exports.handler = async () => require("answer");',
        "node_modules/answer/index.js": `module.exports = ${answer};`,
      },
      "index.handler",
    ],
    [
      "a file beside the code",
      {
        "index.js": 'exports.handler = async () => require("./config.json");',
        "config.json": '{ "status": "200", "body": "answered" }',
      },
      "index.handler",
    ],
  ])("may be %s, in a folder or zipped", async (_name, files, Handler) => {
    for (const Code of [packageFolder(files), packageZip(files)]) {
      const { status, body } = await finish("", { Code, Handler });
      expect({ status, body }).toEqual({ status: 200, body: "answered" });
    }
  });

  it("is not seen beyond its own files", async () => {
    const { status, detail } = await finish('require("fflate"); exports.handler = () => {};', {});
    expect(status).toBe(503);
    expect(detail).toMatch(/^The function cannot start: Runtime\.ImportModuleError: .*fflate/);
  });

  it.each(["nodejs24.x", "nodejs22.x"])("sees no module but its own on %s", async (Runtime) => {
    const source = `
      const { main, cache } = require;
      const seen = { main, mainModule: process.mainModule, modules: Object.keys(cache) };
      exports.handler = async () => ({ status: "200", body: JSON.stringify(seen) });`;
    const { body } = await finish(source, { Runtime });
    expect(JSON.parse(body)).toEqual({ modules: [expect.stringMatching(/task.index\.js$/)] });
  });

  it("LE-C-19: that waits for what will never come is answered 503", async () => {
    const Code = packageFolder({ "index.mjs": `await new Promise(() => {}); ${esModule}` });
    const { status, detail } = await finish("", { Code });
    expect(status).toBe(503);
    expect(detail).toMatch(/Runtime\.ExitError: .* exit status 13\.$/);
  });

  it.each([
    ["no such file", "missing.handler", /Runtime\.ImportModuleError/],
    ["no such export", "index.missing", /Runtime\.HandlerNotFound/],
    ["no name of an export", "index", /Runtime\.MalformedHandlerName/],
  ])("LE-C-19: with %s is answered 503", async (_name, Handler, detail) => {
    const failed = await finish(commonJs, { Handler });
    expect(failed).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failed.detail).toMatch(detail);
  });
});
