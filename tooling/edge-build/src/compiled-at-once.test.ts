import { expect, it } from "vitest";
import { compiledAtOnce } from "./compiled-at-once.ts";

it("puts functions in parentheses, on as many lines as before", () => {
  const code = `"use strict";
function create(config) {
  const find = (uri) => config[uri];
  return async function handler({ uri }) {
    return find(uri);
  };
}
exports.handler = create({});
`;
  const compiled = compiledAtOnce(code);
  expect(compiled).toMatchInlineSnapshot(`
    ""use strict";
    var create = (function (config) {
      const find = ((uri) => config[uri]);
      return (async function handler({ uri }) {
        return find(uri);
      });
    });
    exports.handler = create({});
    "
  `);
  expect(compiled.split("\n")).toHaveLength(code.split("\n").length);
});

/** What a script returns that ends in `return`. */
const run = (code: string): unknown => new Function(code)();

it.each([
  [
    "a function that a later one calls",
    "function a() { return 1; }\nfunction b() { return a(); }\nreturn b();",
  ],
  [
    "a function that calls a later one",
    "function a() { return b(); }\nfunction b() { return 1; }\nreturn a();",
  ],
  [
    "a function that is called above it",
    "const one = a();\nfunction a() { return 1; }\nreturn one;",
  ],
  [
    "a function that is called above it by another",
    "function a() { return b(); }\nconst one = a();\nfunction b() { return 1; }\nreturn one;",
  ],
  [
    "a function that is called above it by one that was handed on",
    "const [one] = [0].map(() => a());\nfunction a() { return 1; }\nreturn one;",
  ],
  [
    "a function that is handed on above it",
    "const f = a;\nfunction a() { return 1; }\nreturn f();",
  ],
  ["a function that calls itself", "function a(n) { return n > 1 ? a(n - 1) : n; }\nreturn a(3);"],
  [
    "methods",
    "const a = { get b() { return 1; }, c() { return this.b; }, d: () => 1 };\nreturn a.c();",
  ],
  ["a class", "class A { #b = () => 1; c() { return this.#b(); } }\nreturn new A().c();"],
  ["an arrow function that returns another", "return (() => () => 1)()();"],
  ["a function that is called at once", "return (function () { return 1; })();"],
  ["the name of a function", 'const abc = () => 1;\nreturn abc.name === "abc" ? 1 : abc.name;'],
])("leaves the meaning of %s", (_name, code) => {
  expect(run(code)).toBe(1);
  expect(run(compiledAtOnce(code))).toBe(1);
});

it("takes as an assignment what a function that is only kept names above it", () => {
  const kept = "const find = (uri) => decode(uri);\nfunction decode(uri) { return uri; }";
  expect(compiledAtOnce(kept)).toContain("var decode = (function");
});
