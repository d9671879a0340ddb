import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkCloudFrontJs } from "./index.ts";

/** A program, and what njs 0.7.9 says of it: text and line; nothing where it parses. */
type Program = readonly [code: string, text?: string, line?: number];

const programs = JSON.parse(
  readFileSync(new URL("../../test/cloudfront-js-programs.json", import.meta.url), "utf8"),
) as readonly Program[];

const of2 = (code: string) => checkCloudFrontJs(code, { runtime: "cloudfront-js-2.0" });
const of1 = (code: string) => checkCloudFrontJs(code, { runtime: "cloudfront-js-1.0" });
const stop = ({ violation }: ReturnType<typeof of2>) =>
  violation === undefined ? undefined : `${violation.text} in ${violation.line}`;

describe("FN-I-18, FN-I-26, FN-I-43: a program parses, or stops in the engine's own words", () => {
  it.each(programs.map((program) => ({ program })))("$program", ({ program }) => {
    const [code, text, line] = program;
    expect(stop(of2(code))).toBe(text === undefined ? undefined : `${text} in ${line}`);
  });

  it("what stands first in the code is named, with its line", () => {
    expect(stop(of2("var a;\n\nfor (const b of a) {\n  a?.b;\n}\nclass A {}"))).toBe(
      'SyntaxError: Token "of" not supported in this version in 3',
    );
    expect(stop(of2("f(\n  1,\n  ...a\n);\n)"))).toBe('SyntaxError: Unexpected token "..." in 3');
  });

  it("each violation says what to write instead", () => {
    expect(of2("a?.b;").violation).toEqual({
      text: 'SyntaxError: Unexpected token ";"',
      line: 1,
      offset: 4,
      remedy: "Test first: a && a.b.",
      factId: "FN-I-18",
    });
  });
});

describe("FN-I-26: what no version of the language has stops where the engine stops", () => {
  it.each([
    ["var 1a = 2;", 'Unexpected token "1"', 1],
    ["let yield = 1;", 'Unexpected token "yield"', 1],
    ["for await (const x of y) {}", 'Token "await" not supported in this version', 1],
    ["var a = 1; a++ ++;", 'Unexpected token "++"', 1],
    ["((a)) => a;", 'Unexpected token "=>"', 1],
    ["var s = '\\u00zz';", 'Invalid Unicode code point "\\u00zz"', 1],
    ["var s = '\\x1z';", 'Invalid Unicode code point "\\x1z"', 1],
    ["for (let i, j of a) {}", 'Token "of" not supported in this version', 1],
    ["try {\n f({}); }\n\nreturn 1;", "Missing catch or finally after try", 4],
    ["function f() { import('x'); }", "Illegal import statement", 1],
    ["import('x');", "Non-default import is not supported", 1],
    ["var s = '\\u{110000}';", 'Invalid Unicode code point "\\u{110000}"', 1],
    [
      "a: function f() {}",
      "In strict mode code, functions can only be declared at top level or inside a block.",
      1,
    ],
    ["var s = `a\nb\n", "Unterminated template literal", 3],
  ])("%j: %s", (code, text, line) => {
    const { violation } = checkCloudFrontJs(code, { runtime: "cloudfront-js-2.0" });
    expect(violation).toMatchObject({ text: `SyntaxError: ${text}`, line });
  });
});

describe("the remedy of a violation parses", () => {
  it.each([
    "var a = b && b.c;",
    "try {} catch (error) {}",
    "if (!a) { a = b; }",
    "import crypto from 'crypto';",
    "for (var i = 0; i < 1; i++) {} [].forEach(function (item) {});",
    "function f(a) { if (a === undefined) { a = 1; } }",
    "async function handler(event) { const value = await f(); return g(value); }",
  ])("%s", (code) => {
    expect(of2(code).violation).toBeUndefined();
  });
});

describe("FN-I-44: await in arguments does not parse", () => {
  it("wherever in them", () => {
    const code = "async function handler(event) {\n  return JSON.parse(\n    await f());\n}";
    expect(of2(code).violation).toMatchObject({
      text: "SyntaxError: await in arguments not supported",
      line: 3,
      factId: "FN-I-44",
    });
  });
});

describe("FN-I-46: cloudfront-js-1.0", () => {
  it.each([
    ["const a = 1;", 'SyntaxError: Token "const" not supported in this version in 1'],
    ["var a;\nlet b;", 'SyntaxError: Token "let" not supported in this version in 2'],
    ["async function f() {}", 'SyntaxError: Unexpected token "function" in 1'],
    ["var a = 1_000;", 'SyntaxError: Unexpected token "_000" in 1'],
    ["import cf from 'cloudfront';", 'SyntaxError: Cannot find module "cloudfront" in 1'],
  ])("%j stops, and parses with 2.0", (code, text) => {
    expect(stop(of1(code))).toBe(text);
    expect(of2(code).violation).toBeUndefined();
  });

  it("has no replaceAll, Buffer, atob and Promise.all, which 2.0 has", () => {
    const code = "''.replaceAll('a', 'b'); Buffer.from(''); atob(''); Promise.all([]);";
    expect(of1(code).absences.map(({ name }) => name)).toEqual([
      "replaceAll",
      "Buffer",
      "atob",
      "Promise.all",
    ]);
    expect(of2(code).absences).toEqual([]);
  });
});

describe("FN-I-19, FN-I-45: what the runtime lacks is named where the code reaches for it", () => {
  it.each([
    ["new Map();", 'ReferenceError: "Map" is not defined', true],
    ["setTimeout(f, 1); function f() {}", 'ReferenceError: "setTimeout" is not defined', true],
    ["[].flat();", 'TypeError: (intermediate value)["flat"] is not a function', true],
    [
      "x().toSorted(); function x() {}",
      'TypeError: (intermediate value)["toSorted"] is not a function',
      false,
    ],
    [
      "Object.fromEntries([]);",
      'TypeError: (intermediate value)["fromEntries"] is not a function',
      true,
    ],
    ["require('fs');", 'Error: Cannot find module "fs"', true],
    ["new Function('');", 'TypeError: function constructor is disabled in "safe" mode', true],
  ])("%j", (code, text, isCertain) => {
    expect(of2(code).absences).toEqual([expect.objectContaining({ text, isCertain, line: 1 })]);
  });

  it.each([
    "var Map = 1; Map;",
    "function f(URL) { return URL; }",
    "typeof fetch === 'function';",
    "var o = { flat: function () {} }; o.flat();",
    "var o = { Map: 1 }; o.Map; o.at;",
    "label: for (;;) { break label; }",
    "Array.from([1]); 'a'.replaceAll('a', 'b'); require('crypto').createHash('md5');",
    "String.prototype.x = 1; Math.max.apply(null, []); Object.prototype.hasOwnProperty.call({}, 'a');",
    "import cf from 'cloudfront'; cf.kvs();",
    "try { f(); } catch (e) { e.message; } function f(a, ...b) { return arguments; }",
  ])("%j names nothing that is absent", (code) => {
    expect(of2(code).absences).toEqual([]);
  });
});
