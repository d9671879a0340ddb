import { expect, it } from "vitest";
import { requestEvent } from "../../test/support/run-cloudfront-function.ts";
import { eventOfJson, type JsonEvent } from "./invocation-event.ts";
import { loadCloudFrontFunctionEngine } from "./load-engine.ts";

/** What three invocations write to the console, or throw. */
async function logsOfThree(code: string): Promise<readonly (readonly string[])[]> {
  const engine = await loadCloudFrontFunctionEngine();
  const edgeFunction = engine.createFunction({
    name: "f",
    code,
    runtime: "cloudfront-js-2.0",
    keyValueStores: [],
  });
  const logs = [1, 2, 3].map((second) => {
    const run = edgeFunction.invoke({
      event: eventOfJson(JSON.parse(requestEvent) as JsonEvent, "viewer-request"),
      nowMs: second * 1000,
      rawQueryString: undefined,
      edgeLocation: undefined,
    });
    return run.error === undefined ? run.logs : [...run.logs, run.error.text];
  });
  edgeFunction.close();
  return logs;
}

const handler = (body: string): string =>
  `function handler(event) { ${body} return event.request; }`;

it.each([
  ["a variable", `let n = 0; ${handler("n += 1; console.log(n);")}`],
  ["a variable, by ++", `var n = 0; ${handler("n++; console.log(n);")}`],
  ["a variable of a loop", `var k = 0; ${handler("console.log(k + 1); for (k in { a: 1 }) {}")}`],
  ["a property", `const o = { n: 0 }; ${handler("o.n += 1; console.log(o.n);")}`],
  [
    "a property of a property",
    `const o = { p: { n: 0 } }; ${handler("o.p.n++; console.log(o.p.n);")}`,
  ],
  ["an array", `const a = []; ${handler("a.push(1); console.log(a.length);")}`],
  ["an array, by length", `const a = [1, 1]; ${handler("a.length -= 1; console.log(a.length);")}`],
  ["the order of an array", `const a = [2, 1]; ${handler("console.log(a[1]); a.sort();")}`],
  ["a deleted property", `const o = { n: 1 }; ${handler("console.log(o.n); delete o.n;")}`],
  [
    "a function's property",
    `function f() {} ${handler("f.n = (f.n || 0) + 1; console.log(f.n);")}`,
  ],
  ["the handler's property", handler("handler.n = (handler.n || 0) + 1; console.log(handler.n);")],
  [
    "a declared function",
    `function f() { return 1; } ${handler("console.log(f()); f = () => 2;")}`,
  ],
  [
    "a closure",
    `const f = (() => { let n = 0; return () => ++n; })(); ${handler("console.log(f());")}`,
  ],
  ["a regular expression", `const r = /a/g; ${handler("r.test('aa'); console.log(r.lastIndex);")}`],
  ["bytes", `const b = Buffer.from([0]); ${handler("b[0] += 1; console.log(b[0]);")}`],
  [
    "a change that is caught",
    `const o = { n: 0 }; ${handler("try { o.n += 1; } catch (e) {} console.log(o.n);")}`,
  ],
  [
    "a change that a promise catches",
    `const o = { n: 0 }; async function handler(event) {
      await Promise.resolve().then(() => { o.n += 1; }).catch(() => {});
      console.log(o.n); return event.request; }`,
  ],
])("FN-I-17: nothing that a function declares outlives a call: %s", async (_, code) => {
  expect(await logsOfThree(code)).toEqual([["1"], ["1"], ["1"]]);
});

it("FN-I-19: what code does before its handler is called belongs to each call", async () => {
  const code = `const clock = { get now() { return Date.now(); } }; const at = clock.now;
    const made = [1].map(() => Date.now());
    console.log('start'); ${handler("console.log(at + made[0]);")}`;
  expect(await logsOfThree(code)).toEqual([
    ["start", "2000"],
    ["start", "4000"],
    ["start", "6000"],
  ]);
});

it.each([
  ["const clock = { get now() { return Date.now(); } }; const at = clock.now;"],
  ["const tag = () => Date.now(); const at = tag`x`;"],
  ["function now() { return Date.now(); } const at = [1].map(now)[0];"],
  ["const at = (() => Date.now())();"],
])(
  "FN-I-19: a time that code takes before its handler is called is that of the call: %s",
  async (code) => {
    const logs = await logsOfThree(`${code} ${handler("console.log(at);")}`);
    expect(logs).toEqual([["1000"], ["2000"], ["3000"]]);
  },
);

it("FN-I-45: code that is evaluated once fails with the texts of code that is not", async () => {
  const code = `const o = { a: 1 }; ${handler("console.log('x'); const k = 'b'; o[k].c;")}`;
  const expected = ["x", 'TypeError: cannot get property "c" of undefined'];
  expect(await logsOfThree(code)).toEqual([expected, expected, expected]);
});
