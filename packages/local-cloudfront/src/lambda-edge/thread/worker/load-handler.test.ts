import { describe, expect, it } from "vitest";
import type { EdgeFunction } from "../../../distribution/edge-functions.ts";
import {
  association,
  context,
  folderWith,
  request,
  runner,
} from "../../../../test/lambda-edge-fixtures.ts";

type Files = Readonly<Record<string, string>>;

/** What the function in a folder answers, or why it does not. */
async function answerOf(files: Files, overrides: Partial<EdgeFunction> = {}): Promise<string> {
  const outcome = await runner().runViewerRequest(
    association("viewer-request", { kind: "folder", path: folderWith(files) }, overrides),
    context,
    request(),
  );
  switch (outcome.kind) {
    case "generated-response":
      return String(outcome.response.body);
    case "failure":
      return outcome.failure.detail.replace("The function cannot start: ", "");
    default:
      return outcome.kind;
  }
}

const says = (text: string) => `async () => ({ status: "200", body: ${JSON.stringify(text)} })`;
const commonJs = `exports.handler = ${says("CommonJS")};`;
const esModule = `export const handler = ${says("ES module")};`;
const typeModule = '{ "type": "module" }';

describe("where a handler is found", () => {
  const cases: Record<string, [Files, string, string?]> = {
    "a .js file is CommonJS": [{ "index.js": commonJs }, "CommonJS"],
    "a .cjs file is CommonJS": [{ "index.cjs": commonJs }, "CommonJS"],
    "a .mjs file is an ES module": [{ "index.mjs": esModule }, "ES module"],
    'a .js file beside a package.json of type "module" is an ES module': [
      { "index.js": esModule, "package.json": typeModule },
      "ES module",
    ],
    "a .cjs file is CommonJS whatever the package.json says": [
      { "index.cjs": commonJs, "package.json": typeModule },
      "CommonJS",
    ],
    "a .js file comes before .mjs and .cjs": [
      { "index.js": commonJs, "index.mjs": esModule, "index.cjs": esModule },
      "CommonJS",
    ],
    "the file may be in a folder": [
      { "dir/sub/file.js": commonJs },
      "CommonJS",
      "dir/sub/file.handler",
    ],
    "the export may be nested": [
      { "index.js": `exports.a = { b: { handler: ${says("nested")} } };` },
      "nested",
      "index.a.b.handler",
    ],
    "what module.exports holds is found": [
      {
        "index.js": `module.exports = make(); function make() { return { handler: ${says("made")} }; }`,
      },
      "made",
    ],
    "a function may require its own modules": [
      {
        "index.js": `const { text } = require("dep"); exports.handler = async () => ({ status: "200", body: text });`,
        "node_modules/dep/index.js": 'exports.text = "from dep";',
      },
      "from dep",
    ],
    "a function may require config.json beside it": [
      {
        "index.cjs": `const { text } = require("./config.json"); exports.handler = async () => ({ status: "200", body: text });`,
        "config.json": '{ "text": "configured" }',
      },
      "configured",
    ],
  };
  it.each(Object.entries(cases))(
    "%s",
    async (_name, [files, expected, handler = "index.handler"]) => {
      expect(await answerOf(files, { handler })).toBe(expected);
      expect(await answerOf(files, { handler, runtime: "nodejs22.x" })).toBe(expected);
    },
  );
});

describe("where none is found", () => {
  const cases: Record<string, [Files, RegExp, string?]> = {
    "ES module syntax in a CommonJS file is a syntax error": [
      { "index.js": esModule },
      /^Runtime\.UserCodeSyntaxError: SyntaxError: Unexpected token 'export'\.$/,
    ],
    "CommonJS in an ES module is an error": [
      { "index.mjs": commonJs },
      /^ReferenceError: exports is not defined/,
    ],
    "an ES module cannot be required": [
      { "index.js": 'require("./other.mjs");', "other.mjs": esModule },
      /^Error: require\(\) of ES Module .* not supported/,
    ],
    "a missing file": [
      { "other.js": commonJs },
      /^Runtime\.ImportModuleError: Error: Cannot find module 'index'/,
    ],
    "a missing export": [
      { "index.js": "exports.other = 1;" },
      /^Runtime\.HandlerNotFound: index\.handler is undefined or not exported\.$/,
    ],
    "an export that is no function": [
      { "index.js": "exports.handler = 1;" },
      /^Runtime\.HandlerNotFound: index\.handler is not a function\.$/,
    ],
    "a handler without an export's name": [
      { "index.js": commonJs },
      /^Runtime\.MalformedHandlerName: "index" is not a handler: use file\.export, as in index\.handler\.$/,
      "index",
    ],
    "a handler above the function's folder": [
      { "index.js": commonJs },
      /^Runtime\.MalformedHandlerName: /,
      "../index.handler",
    ],
    "a module that lies around the function's folder only": [
      { "index.js": 'require("vitest");' },
      /^Runtime\.ImportModuleError: Error: Cannot find module 'vitest'/,
    ],
  };
  it.each(Object.entries(cases))(
    "%s",
    async (_name, [files, expected, handler = "index.handler"]) => {
      expect(await answerOf(files, { handler })).toMatch(expected);
      expect(await answerOf(files, { handler, runtime: "nodejs22.x" })).toMatch(expected);
    },
  );
});

describe("how a handler answers", () => {
  const ok = '{ status: "200", body: "ok" }';
  const notAnObject = "The result must be an object: got null. Return the request or a response.";
  const cases: Record<string, [string, { nodejs24: string | RegExp; nodejs22: string | RegExp }]> =
    {
      "an async function": [`async () => (${ok})`, { nodejs24: "ok", nodejs22: "ok" }],
      "a promise": [`() => Promise.resolve(${ok})`, { nodejs24: "ok", nodejs22: "ok" }],
      "a thenable": [`() => ({ then(done) { done(${ok}); } })`, { nodejs24: "ok", nodejs22: "ok" }],
      "LE-B-54: a plain value is ignored up to nodejs22.x": [
        `() => (${ok})`,
        { nodejs24: "ok", nodejs22: notAnObject },
      ],
      "LE-B-54: nothing": ["async () => {}", { nodejs24: notAnObject, nodejs22: notAnObject }],
      "a callback": [
        `(event, context, callback) => callback(null, ${ok})`,
        {
          nodejs24: /^Runtime\.CallbackHandlerDeprecated: index\.handler declares 3 parameters/,
          nodejs22: "ok",
        },
      ],
      "a callback with an error": [
        '(event, context, callback) => callback(new Error("no"))',
        { nodejs24: /^Runtime\.CallbackHandlerDeprecated/, nodejs22: "Error: no." },
      ],
      "a callback that is called twice": [
        `(event, context, callback) => { callback(null, ${ok}); callback(null, { status: "500" }); }`,
        { nodejs24: /^Runtime\.CallbackHandlerDeprecated/, nodejs22: "ok" },
      ],
      "LE-B-54: a callback that is never called": [
        "(event, context, callback) => {}",
        { nodejs24: /^Runtime\.CallbackHandlerDeprecated/, nodejs22: notAnObject },
      ],
      "a callback waits for the event loop to be empty": [
        `(event, context, callback) => { const made = ${ok}; callback(null, made); setTimeout(() => { made.body = "late"; }, 5); }`,
        { nodejs24: /^Runtime\.CallbackHandlerDeprecated/, nodejs22: "late" },
      ],
      "a callback does not wait where callbackWaitsForEmptyEventLoop is false": [
        `(event, context, callback) => { const made = ${ok}; context.callbackWaitsForEmptyEventLoop = false; callback(null, made); setTimeout(() => { made.body = "late"; }, 200); }`,
        { nodejs24: /^Runtime\.CallbackHandlerDeprecated/, nodejs22: "ok" },
      ],
      "context.succeed": [
        `(event, context) => { context.succeed(${ok}); }`,
        { nodejs24: /^TypeError: context\.succeed is not a function/, nodejs22: "ok" },
      ],
      "context.fail": [
        '(event, context) => { context.fail("no"); }',
        { nodejs24: /^TypeError: context\.fail is not a function/, nodejs22: "string: no." },
      ],
    };
  it.each(Object.entries(cases))("%s", async (_name, [handler, expected]) => {
    const files = { "index.js": `exports.handler = ${handler};` };
    expect(await answerOf(files, { runtime: "nodejs24.x" })).toMatch(expected.nodejs24);
    expect(await answerOf(files, { runtime: "nodejs22.x" })).toMatch(expected.nodejs22);
  });

  it("nodejs22.x finds no handler in the default export of an ES module, nodejs24.x does", async () => {
    const files = { "index.mjs": `export default { handler: ${says("default")} };` };
    expect(await answerOf(files, { runtime: "nodejs24.x" })).toBe("default");
    expect(await answerOf(files, { runtime: "nodejs22.x" })).toBe(
      "Runtime.HandlerNotFound: index.handler is undefined or not exported.",
    );
  });
});
