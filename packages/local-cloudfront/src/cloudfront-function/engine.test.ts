import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  logsOf,
  requestEvent,
  runCloudFrontFunction,
} from "../../test/support/run-cloudfront-function.ts";
import { eventOfJson, type JsonEvent } from "./invocation-event.ts";
import { KeyValueStore } from "./key-value-store.ts";
import { loadCloudFrontFunctionEngine } from "./load-engine.ts";

const now = "2026-11-30T00:00:00.000Z";

describe("what a function is given", () => {
  it("FN-I-10: values arrive as the viewer wrote them", async () => {
    expect(await logsOf("console.log(event.request.querystring.q.value);")).toEqual(["%E5%AE%B6"]);
  });

  it("FN-I-09: rawQueryString() is the untouched query string, undefined without one", async () => {
    const body = "console.log(event.request.rawQueryString());";
    expect(await logsOf(body, { rawQueryString: "" })).toEqual([""]);
    expect(await logsOf(body, { rawQueryString: "b=2&a=1" })).toEqual(["b=2&a=1"]);
    expect(await logsOf(body, { rawQueryString: undefined })).toEqual(["undefined"]);
  });

  it("FN-I-19: Date stands still at the start of the run, in UTC", async () => {
    const body = `for (var i = 0; i < 1e5; i++) {}
      console.log(new Date().toISOString());
      console.log(new Date(Date.now()).toISOString());
      console.log(new Date(0).getHours());`;
    expect(await logsOf(body)).toEqual([now, now, "0"]);
  });

  it("FN-I-32: edgeLocation is there at viewer-request, and empty at viewer-response", async () => {
    const body = "console.log(JSON.stringify(cf.edgeLocation));";
    expect(await logsOf(body)).toEqual(['{"name":"FRA","serverIp":"192.0.2.9","region":"REC"}']);
    expect(await logsOf(body, { eventType: "viewer-response", edgeLocation: undefined })).toEqual([
      "{}",
    ]);
  });

  it("FN-I-50: distributionTenant is not available on a standard distribution", async () => {
    expect(await logsOf("cf.distributionTenant.id;")).toEqual([
      "execution: TypeError: distributionTenant module is not available",
    ]);
  });
});

describe("FN-I-59: logCustomData", () => {
  const customLogData = async (body: string): Promise<string | undefined> => {
    const code = `import cf from "cloudfront"; function handler(event) { ${body} return event.request; }`;
    return (await runCloudFrontFunction(code)).customLogData;
  };

  it("keeps what it was given last, and nothing without a call", async () => {
    expect(await customLogData('cf.logCustomData("a"); cf.logCustomData("b é");')).toBe("b é");
    expect(await customLogData("")).toBeUndefined();
  });

  it("refuses what is no string", async () => {
    const code = (data: string) =>
      `import cf from "cloudfront"; function handler(event) { cf.logCustomData(${data}); return event.request; }`;
    const { error } = await runCloudFrontFunction(code("{ a: 1 }"));
    expect(error).toMatchObject({
      text: "TypeError: logCustomData takes a string: got object",
      remedy: "Pass a text, as JSON.stringify(data) is.",
      factId: "FN-I-59",
    });
    const followed = await runCloudFrontFunction(code("JSON.stringify({ a: 1 })"));
    expect(followed).toMatchObject({ error: undefined, customLogData: '{"a":1}' });
  });
});

it("FN-I-43: a hashbang is a comment", async () => {
  const code = "#!/usr/bin/env node\nfunction handler(event) { return { a: 1 }; }";
  expect(await runCloudFrontFunction(code)).toMatchObject({ output: '{"a":1}', error: undefined });
});

it("FN-I-43: Promise.any says why it failed, in the runtime's words", async () => {
  const body = `const none = [0, 1].map(() => Promise.reject(new Error('a')));
    try { await Promise.any(none); } catch (e) { console.log(String(e), e.errors.length); }
    try { throw new AggregateError([1]); } catch (e) { console.log(String(e)); }
    await Promise.any(none);`;
  expect(await logsOf(body)).toEqual([
    "AggregateError: All promises were rejected 2",
    "AggregateError",
    "execution: AggregateError: All promises were rejected",
  ]);
});

describe("FN-I-19: what a function does without", () => {
  it.each([
    ["setTimeout(f, 1);", 'ReferenceError: "setTimeout" is not defined'],
    ["process.env;", 'ReferenceError: "process" is not defined'],
    ["fetch('/');", 'ReferenceError: "fetch" is not defined'],
    ["require('fs');", 'Error: Cannot find module "fs"'],
    ["new Function('return 1');", 'TypeError: function constructor is disabled in "safe" mode'],
    [
      "(function () {}).constructor('x');",
      'TypeError: function constructor is disabled in "safe" mode',
    ],
    ["eval('1');", "InternalError: Not implemented"],
  ])("%s", async (body, text) => {
    expect(await logsOf(body)).toEqual([`execution: ${text}`]);
  });
});

describe("FN-I-18: what a function has", () => {
  it("hashes as Node.js does", async () => {
    const body = `var c = require('crypto');
      console.log(c.createHash('md5').update('a').update('b').digest('hex'));
      console.log(c.createHash('sha1').update('a\\u0000é').digest('base64'));
      console.log(c.createHmac('sha256', 'key').update(Buffer.from([0, 255])).digest('base64url'));
      console.log(c.createHash('sha256').update('').digest().length);`;
    expect(await logsOf(body)).toEqual([
      createHash("md5").update("ab").digest("hex"),
      createHash("sha1").update("a\u0000é").digest("base64"),
      createHmac("sha256", "key")
        .update(Buffer.from([0, 255]))
        .digest("base64url"),
      "32",
    ]);
  });

  it("Buffer, typed arrays, texts and query strings", async () => {
    const body = `console.log(Buffer.from('é').toString('hex'));
      console.log(Buffer.from([1, 256, 3]).toString('hex'));
      console.log(Buffer.concat([Buffer.from('a'), Buffer.alloc(2, 'b')]).toString());
      console.log(Buffer.from('00000102', 'hex').readUInt32BE(0));
      console.log(Buffer.from('YQ', 'base64url').equals(Buffer.from('a')));
      console.log(new TextDecoder().decode(new TextEncoder().encode('é')));
      console.log(atob(btoa('a\\u0000')).length);
      console.log(JSON.stringify(require('querystring').parse('a=1&a=2&b=%20')));
      console.log(new Uint8Array([1, 2]).subarray(1));
      console.log('a-b-c'.replaceAll('-', '+'), Array.from([1, 2]).length);`;
    expect(await logsOf(body)).toEqual([
      "c3a9",
      "010003",
      "abb",
      "258",
      "true",
      "é",
      "2",
      '{"a":["1","2"],"b":" "}',
      "Uint8Array [2]",
      "a+b+c 2",
    ]);
  });

  it("FN-I-46: cloudfront-js-1.0 has byte strings, and no Buffer", async () => {
    const settings = { runtime: "cloudfront-js-1.0" } as const;
    expect(await logsOf("console.log('é'.toUTF8().length);", settings)).toEqual(["2"]);
    expect(await logsOf("Buffer.from('a');", settings)).toEqual([
      'execution: ReferenceError: "Buffer" is not defined',
    ]);
    expect(await logsOf("'a'.replaceAll('a', 'b');", settings)).toEqual([
      'execution: TypeError: (intermediate value)["replaceAll"] is not a function',
    ]);
    expect(await logsOf("Promise.all([]);", settings)).toEqual([
      'execution: TypeError: (intermediate value)["all"] is not a function',
    ]);
  });
});

describe("errors in the runtime's words", () => {
  it.each([
    ["var a; a.b;", 'TypeError: cannot get property "b" of undefined'],
    ["var a, k = 'x-y'; a[k];", 'TypeError: cannot get property "x-y" of undefined'],
    ["var a = {}, k = 'zz'; a[k]();", 'TypeError: (intermediate value)["zz"] is not a function'],
    ["var a; a.b = 1;", "TypeError: property set on primitive undefined type"],
    ["const a = 1; a = 2;", "TypeError: assignment to constant variable"],
    ["a; let a = 1;", "ReferenceError: cannot access variable before initialization"],
    ["decodeURIComponent('%');", "URIError: malformed URI"],
    ["JSON.parse('{\"a\":1}x');", "SyntaxError: Unexpected token at position 7"],
    ["Object.freeze([1]).push(2);", 'TypeError: Cannot add property "", object is not extensible'],
    ["throw 'x';", "x"],
  ])("%s", async (body, text) => {
    expect(await logsOf(body)).toEqual([`execution: ${text}`]);
  });

  it("also where the function catches them, and where promises reject with them", async () => {
    const body = `try { [].flat(); } catch (e) { console.log(e.message, e instanceof TypeError); }
      try { (function f() { f(); })(); } catch (e) { console.log(e.name); }
      await Promise.resolve().then(() => x.y).catch((e) => { console.log(e.message); });`;
    expect(await logsOf(body)).toEqual([
      '(intermediate value)["flat"] is not a function true',
      "RangeError",
      '"x" is not defined',
    ]);
  });

  it("FN-I-42, FN-I-45: a built-in that is absent fails when it is reached, with its line", async () => {
    const code = `function handler(event) {
  if (event.request.uri === '/') {
    return new Map();
  }
  return event.request;
}`;
    const { error } = await runCloudFrontFunction(code);
    expect(error).toMatchObject({
      kind: "execution",
      text: 'ReferenceError: "Map" is not defined',
      line: 3,
      factId: "FN-I-45",
    });
    const elsewhere = requestEvent.replace('"uri":"/"', '"uri":"/a"');
    expect(await runCloudFrontFunction(code, { event: elsewhere })).toMatchObject({
      error: undefined,
    });
  });

  it("the line is the deployed code's, imports and catch clauses before it notwithstanding", async () => {
    const code = `import crypto from 'crypto';
function handler(event) {
  try { null.a; } catch (e) { e.message; }
  event.request.headers.nix.value;
}`;
    expect((await runCloudFrontFunction(code)).error?.line).toBe(4);
  });
});

describe("FN-I-15, FN-I-16: a function that does not end, or takes too much, costs its own request", () => {
  it.each([
    ["for (;;) {}", "timeout"],
    ["await (async () => { for (;;) { await 1; } })();", "timeout"],
    ["/(a+)+b/.test('a'.repeat(40));", "timeout"],
    ["var a = []; for (;;) { a.push('x'.repeat(1000) + a.length); }", "memory"],
    ["'x'.repeat(3e6) + 'y';", "memory"],
    ["(function f() { f(); })();", "execution"],
    ["JSON.parse('['.repeat(1e5));", "execution"],
  ])("%s", async (body, kind) => {
    const code = `async function handler(event) {
  if (event.request.uri === '/') { ${body} }
  return event.request; }`;
    const engine = await loadCloudFrontFunctionEngine();
    const edgeFunction = engine.createFunction({
      name: "f",
      code,
      runtime: "cloudfront-js-2.0",
      keyValueStores: [],
    });
    const invoke = (event: string) =>
      edgeFunction.invoke({
        event: eventOfJson(JSON.parse(event) as JsonEvent, "viewer-request"),
        nowMs: 0,
        rawQueryString: undefined,
        edgeLocation: undefined,
      });
    expect(invoke(requestEvent).error?.kind).toBe(kind);
    expect(invoke(requestEvent.replace('"uri":"/"', '"uri":"/a"')).error).toBeUndefined();
    edgeFunction.close();
  });

  it("what a synchronous handler leaves to promises is of its own run", async () => {
    const body =
      "Promise.resolve().then(() => { console.log('then'); }); console.log('handler'); return event.request;";
    const { logs, error } = await runCloudFrontFunction(`function handler(event) { ${body} }`);
    expect({ logs, error }).toEqual({ logs: ["handler", "then"], error: undefined });
  });

  it.each([
    "var n = 0; function handler(event) { n += 1; event.request.uri = '/' + n; return event.request; }",
    "function handler(event) { String.prototype.n = ('').n === undefined ? 1 : 2; event.request.uri = '/' + ('').n; return event.request; }",
    "function handler(event) { globalThis.n = (globalThis.n || 0) + 1; event.request.uri = '/' + n; return event.request; }",
  ])("an invocation starts from the deployed code: %s", async (code) => {
    const engine = await loadCloudFrontFunctionEngine();
    const edgeFunction = engine.createFunction({
      name: "f",
      code,
      runtime: "cloudfront-js-2.0",
      keyValueStores: [],
    });
    const uris = [1, 2].map(() => {
      const { output = "{}" } = edgeFunction.invoke({
        event: eventOfJson(JSON.parse(requestEvent) as JsonEvent, "viewer-request"),
        nowMs: 0,
        rawQueryString: undefined,
        edgeLocation: undefined,
      });
      return (JSON.parse(output) as { uri: string }).uri;
    });
    expect(uris).toEqual(["/1", "/1"]);
  });
});

describe("FN-I-31, FN-I-48: key value stores", () => {
  const store = new KeyValueStore({
    name: "redirects",
    id: "a1b2",
    importSource: '{"data":[{"key":"/a","value":"/b"},{"key":"json","value":"{\\"x\\":1}"}]}',
    clock: { now: () => Date.parse(now) },
  });
  const settings = { keyValueStores: [store] };

  it("get has three formats, exists says whether, meta what", async () => {
    const body = `const kvs = cf.kvs('a1b2');
      const text = await kvs.get('/a'); console.log(text);
      const json = await kvs.get('json', { format: 'json' }); console.log(json.x);
      const bytes = await kvs.get('/a', { format: 'bytes' }); console.log(bytes.length);
      const has = await kvs.exists('nix'); console.log(has);
      const meta = await cf.kvs().meta(); console.log(JSON.stringify(meta));`;
    expect(await logsOf(body, settings)).toEqual([
      "/b",
      "1",
      "2",
      "false",
      `{"creationDateTime":"${now}","lastUpdatedDateTime":"${now}","keyCount":2}`,
    ]);
  });

  it("get rejects for a missing key: uncaught, the function fails", async () => {
    const run = await runCloudFrontFunction(
      "import cf from 'cloudfront'; async function handler(event) {\nconst a = await cf.kvs().get('nix'); return a; }",
      settings,
    );
    expect(run.error).toMatchObject({ text: "Error: KeyNotFound", factId: "FN-I-48" });
    expect(run.keyValueStoreReads).toEqual([
      { store: "redirects", method: "get", key: "nix", found: false },
    ]);
  });

  it("a store that is not associated is none", async () => {
    expect(await logsOf("cf.kvs();")).toEqual([
      "execution: Error: The function has no associated key value store",
    ]);
    expect(await logsOf("cf.kvs('b');", settings)).toEqual([
      'execution: Error: The key value store "b" is not associated with the function',
    ]);
  });
});

describe("FN-I-29, FN-I-49: a changed origin", () => {
  const changeOf = async (call: string) =>
    (
      await runCloudFrontFunction(
        `import cf from 'cloudfront'; function handler(event) { ${call} return event.request; }`,
      )
    ).originChange;

  it("is what the helper was given", async () => {
    expect(await changeOf("cf.updateRequestOrigin({ domainName: 'a.example' });")).toEqual({
      kind: "update",
      origin: { domainName: "a.example" },
    });
    expect(await changeOf("cf.selectRequestOriginById('b', { sni: 'c' });")).toEqual({
      kind: "select",
      originId: "b",
      options: { sni: "c" },
    });
    const group =
      "cf.createRequestOriginGroup({ originIds: ['a', { originId: 'b' }], failoverCriteria: { statusCodes: [500] } });";
    expect(await changeOf(group)).toEqual({
      kind: "group",
      group: {
        origins: [
          { originId: "a", overrides: {} },
          { originId: "b", overrides: {} },
        ],
        failoverStatusCodes: [500],
        selectionCriteria: "default",
      },
    });
    expect(await changeOf("")).toBeUndefined();
  });

  it("cannot be at viewer-response", async () => {
    const settings = { eventType: "viewer-response", edgeLocation: undefined } as const;
    expect(await logsOf("cf.updateRequestOrigin({});", settings)).toEqual([
      "execution: TypeError: updateRequestOrigin is not available in viewer-response",
    ]);
  });
});
