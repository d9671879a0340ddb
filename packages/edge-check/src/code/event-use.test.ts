import { describe, expect, it } from "vitest";
import { bindingsOf } from "./bindings.ts";
import { eventUse, type EventUse } from "./event-use.ts";
import { exportedHandler } from "./exported-handler.ts";
import { parseScript } from "./syntax.ts";

function useOf(code: string): EventUse {
  const program = parseScript(code)!;
  const bindings = bindingsOf(program);
  const handler = exportedHandler(program, "handler", bindings);
  if (handler.kind !== "function") throw new Error(`No handler: ${handler.kind}`);
  return eventUse(program, handler.node, bindings);
}

/** An async handler with these statements. */
function handler(...statements: readonly string[]): string {
  return ["exports.handler = async (event) => {", ...statements, "};"].join("\n");
}

const request = "const request = event.Records[0].cf.request;";
const response = "const { response } = event.Records[0].cf;";

describe("a header is set on the event's request", () => {
  it.each([
    ["by name", handler(request, "request.headers.via = [];")],
    ["by a computed name", handler(request, "const name = `via`; request.headers[name] = [];")],
    ["through a variable", handler(request, "const { headers } = request; headers['via'] = [];")],
    [
      "through a helper",
      `${handler("add(event.Records[0].cf.request);")} function add({ headers }) { headers.via = []; }`,
    ],
    ["by Object.assign", handler(request, "Object.assign(request.headers, { via: [] });")],
    ["with all headers", handler(request, "request.headers = { ...request.headers, via: [] };")],
    [
      "in parameters",
      "exports.handler = async ({ Records: [{ cf: { request } }] }) => { request.headers.via = []; return request; };",
    ],
    [
      "in a bundle that keeps names",
      'var __name = (a) => a; var handler = /* @__PURE__ */ __name(async (event) => { event.Records[0].cf.request.headers.via = []; }, "handler"); module.exports = { handler };',
    ],
  ])("%s", (_how, code) => {
    expect(useOf(code).requestHeaders).toEqual(["via"]);
  });
});

describe("no header of the event is set", () => {
  it.each([
    [
      "on the headers of a request of one's own",
      handler("const headers = {}; headers.via = 'a'; await fetch('a', { headers });"),
    ],
    [
      "on what another function calls request",
      `function send(request) { request.headers.via = 'a'; } ${handler(request, "return request;")}`,
    ],
    [
      "on a name that has become another's",
      handler(
        "let request = event.Records[0].cf.request; request = new Request('a'); request.headers.via = [];",
      ),
    ],
    ["where it keeps its value", handler(request, "request.headers.via = request.headers.via;")],
    [
      "where it is deleted again",
      handler(request, "request.headers.via = []; delete request.headers.via;"),
    ],
    [
      "on a class of a library",
      `class Client { send(request) { const { headers } = request; headers.via = 'a'; } } ${handler("await new Client().send(event.Records[0].cf.request);")}`,
    ],
  ])("%s", (_what, code) => {
    const use = useOf(code);
    expect([...use.requestHeaders, ...use.responseHeaders]).toEqual([]);
  });
});

describe("the response headers are not built anew", () => {
  it.each([
    ["if (!response.headers) response.headers = {};"],
    ["if (response.headers === undefined) { response.headers = {}; }"],
    ["response.headers || (response.headers = {});"],
    ["response.headers ??= {};"],
    ["response.headers = response.headers || {};"],
    ["response.headers = { ...response.headers, 'x-a': [] };"],
    ["const init = {}; init.headers = {};"],
  ])("by %s", (statement) => {
    expect(useOf(handler(response, statement, "return response;")).replacesHeaders).toBe(false);
  });
});

describe("a result is a response whose body is an object", () => {
  it.each([
    [handler("return { status: '400', body: { error: 1 } };")],
    [handler("const body = [1]; const answer = { status: '400', body }; return answer;")],
    [`const deny = (body) => ({ status: "403", body }); ${handler("return deny({ error: 1 });")}`],
    [
      "exports.handler = (event, context, callback) => { callback(null, { status: '400', body: {} }); };",
    ],
    [handler("return fetch('a').then(() => ({ status: '400', body: {} }));")],
  ])("in %s", (code) => {
    expect(useOf(code).responses).toMatchObject([{ hasObjectBody: true }]);
  });
});

describe("no result is known to be a response whose body is an object", () => {
  it.each([
    [
      "a helper makes it a text",
      `const answer = ({ status, body }) => ({ status, body: JSON.stringify(body) }); ${handler("return answer({ status: '400', body: { error: 1 } });")}`,
    ],
    [
      "it is made a text later",
      handler(
        "const answer = { status: '400', body: { error: 1 } }; answer.body = JSON.stringify(answer.body); return answer;",
      ),
    ],
    [
      "a helper changes it",
      `${handler("const answer = { status: '400', body: {} }; finish(answer); return answer;")} function finish(answer) { answer.body = ''; }`,
    ],
    [
      "another file's helper has it",
      `const finish = require('./finish'); ${handler("const answer = { status: '400', body: {} }; finish(answer); return answer;")}`,
    ],
    [
      "it is the request of a fetch",
      handler(
        request,
        "const init = { status: 'a', body: {}, headers: {} }; await send(init); return request;",
      ),
    ],
    [
      "it is replaced",
      handler(
        "let answer = { status: '400', body: {} }; answer = { ...answer, body: '' }; return answer;",
      ),
    ],
    ["what is spread replaces it", handler("return { status: '400', body: {}, ...rest };")],
  ])("where %s", (_why, code) => {
    expect(useOf(code).responses.filter(({ hasObjectBody }) => hasObjectBody)).toEqual([]);
  });
});
