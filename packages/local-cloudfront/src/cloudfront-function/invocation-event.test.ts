import { expect, it } from "vitest";
import { runCloudFrontFunction } from "../../test/support/run-cloudfront-function.ts";
import { eventOfJson, type JsonEvent } from "./invocation-event.ts";
import { loadCloudFrontFunctionEngine } from "./load-engine.ts";

const values = '{"a":{"value":"1"},"__proto__":{"value":"2"},"b":{"value":"3","multiValue":[]}}';
const request = `{"method":"GET","uri":"/","querystring":${values},"headers":${values},"cookies":{}}`;
const head = '"version":"1.0","context":{"eventType":"x"},"viewer":{"ip":"192.0.2.1"}';
const events = {
  "viewer-request": `{${head},"request":${request}}`,
  "viewer-response": `{${head},"request":${request},"response":{"statusCode":200,"statusDescription":"OK","headers":${values},"cookies":{}}}`,
};

/** Bodies of handlers, which get the message `m` and its headers `h`. */
const bodies = [
  "return m;",
  "return event;",
  "return h;",
  "h.c = { value: 'x' }; return m;",
  "h.a = { value: 'x' }; h.b.value = 'y'; return m;",
  "h.b.value = 'y'; h.a = { value: 'x' }; h.c = h.a; return m;",
  "h.__proto__ = { value: 'x' }; return m;",
  "h.c = undefined; h.d = null; h.e = 'text'; return m;",
  "delete h.a; return m;",
  "h.a = { value: 'x' }; delete h.a; return m;",
  "delete m.headers; return m;",
  "delete m.uri; delete m.statusCode; return m;",
  "m.headers = undefined; return m;",
  "m.headers = null; return m;",
  "m.headers = m.cookies; return m;",
  "m.headers = { c: { value: 'x' } }; return m;",
  "m.body = 'text'; m.uri = undefined; return m;",
  "m.toJSON = () => 1; return m;",
  "h.toJSON = () => 1; return m;",
  "m.cookies.c = { value: 'x' }; return m;",
  "return { statusCode: 302, headers: h };",
  "return Object.assign({}, m, { headers: Object.assign({}, h) });",
  "return { keys: Object.keys(h), all: Object.getOwnPropertyNames(h), entries: Object.entries(h) };",
  "h.c = 1; return [Object.keys(h), 'c' in h, 'd' in h, h.hasOwnProperty('c'), h.d];",
  "var names = []; for (var name in h) { names.push(name); } return names;",
  "return [JSON.stringify(h), String(h), typeof h, Array.isArray(h), h instanceof Object];",
  "Object.defineProperty(h, 'c', { value: 1, enumerable: true }); return m;",
  "Object.freeze(h); try { h.c = 1; } catch (e) { return [m, Object.isFrozen(h)]; }",
  "Object.setPrototypeOf(h, { c: 1 }); return [h.c, m];",
  "return Object.getOwnPropertyDescriptor(h, 'a');",
  "return [event.viewer.ip, event.context.eventType, event.request.uri, event.request.headers.a];",
  "event.viewer.ip = 'x'; event.viewer = Object.assign({}, event.viewer); return event;",
  "var copy = JSON.parse(JSON.stringify(event)); return copy;",
];

const cases = bodies.flatMap((body) =>
  (["viewer-request", "viewer-response"] as const).map((eventType) => [eventType, body] as const),
);

it.each(cases)("FN-I-01, FN-I-04: an event is JSON: %s, %s", async (eventType, body) => {
  const message = eventType === "viewer-request" ? "request" : "response";
  const code = `"use strict"; var m = event.${message}, h = m.headers; ${body}`;
  // oxlint-disable-next-line no-implied-eval, no-new-func -- what JavaScript itself makes of it
  const inNode = new Function("event", code) as (event: unknown) => unknown;
  const expected = JSON.stringify(inNode(JSON.parse(events[eventType])));
  const { output, error } = await runCloudFrontFunction(`function handler(event) { ${code} }`, {
    eventType,
    event: events[eventType],
  });
  expect({ output: output && JSON.parse(output), error }).toEqual({
    output: JSON.parse(expected) as unknown,
    error: undefined,
  });
});

it.each(["", "h.a; "])(
  "FN-I-17: what a function sets is not in the next event: %s",
  async (reads) => {
    const engine = await loadCloudFrontFunctionEngine();
    const edgeFunction = engine.createFunction({
      name: "f",
      code: `function handler(event) {
      var m = event.request, h = m.headers;
      if (m.uri === "/set") { ${reads}h.a = { value: "x" }; h.c = { value: "x" }; m.uri = "/was-set"; }
      return m;
    }`,
      runtime: "cloudfront-js-2.0",
      keyValueStores: [],
    });
    const eventOf = (uri: string): JsonEvent => {
      const event = JSON.parse(events["viewer-request"]) as JsonEvent;
      return { ...event, request: { ...(event.request as object), uri } };
    };
    const outputs = ["/", "/set", "/"].map((uri) => {
      const event = eventOfJson(eventOf(uri), "viewer-request");
      const invocation = { event, nowMs: 0, rawQueryString: undefined, edgeLocation: undefined };
      return JSON.parse(edgeFunction.invoke(invocation).output ?? "null") as unknown;
    });
    edgeFunction.close();
    const { request: untouched } = eventOf("/");
    const x = { value: "x" };
    const set = { ...(JSON.parse(values) as object), a: x, c: x };
    expect(outputs).toEqual([
      untouched,
      { ...(untouched as object), uri: "/was-set", headers: set },
      untouched,
    ]);
  },
);
