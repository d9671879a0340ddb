import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { hasNjs, runInNjs, type Verdict } from "../../test/support/njs.ts";
import { njsDifferences } from "../../test/support/njs-differences.ts";
import { requestEvent, runCloudFrontFunction } from "../../test/support/run-cloudfront-function.ts";

vi.setConfig({ testTimeout: 120_000 });

async function ours(code: string): Promise<Verdict> {
  const { error, output } = await runCloudFrontFunction(code);
  if (error === undefined) return { result: output ?? "undefined" };
  return { error: error.text, line: error.line };
}

const name = fc.constantFrom("a", "b", "c", "u");
const literal = fc.constantFrom(
  "1",
  "'x'",
  "`t${a}`",
  "null",
  "undefined",
  "true",
  "/a/g",
  "[1, 2]",
  "({ d: 1 })",
);
const member = fc.constantFrom("length", "d", "nix", "slice", "indexOf");
const absent = fc.constantFrom("flat", "toSorted", "at", "matchAll", "nix");

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthIdentifier: "expression" },
    { weight: 4, arbitrary: fc.oneof(name, literal) },
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "===", "&&", "||", ","), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc.tuple(name, member).map(([object, key]) => `${object}.${key}`),
    fc.tuple(name, member, member).map(([object, key, other]) => `${object}.${key}.${other}`),
    // njs looks for the method before it evaluates arguments; JavaScript does so after.
    fc.tuple(name, absent, name).map(([object, key, argument]) => `${object}.${key}(${argument})`),
    fc.tuple(name, tie("expression")).map(([object, key]) => `${object}[${key}]`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([test, left, right]) => `(${test} ? ${left} : ${right})`),
    tie("expression").map((argument) => `String(${argument})`),
    tie("expression").map((body) => `((x) => ${body})(1)`),
    tie("expression").map((body) => `(function (...r) {\nreturn ${body};\n})()`),
    fc.constantFrom(
      "new Map()",
      "nothing",
      "JSON.parse('{')",
      "decodeURIComponent('%')",
      "a?.d",
      "[...a]",
      "f(...a)",
      "1n",
      "class {}",
      "{ ...c }",
      "({ ...c })",
      "/a/s",
      "([x]) => x",
      "async () => 1",
      "function* () {}",
      "new.target",
    ),
  ),
}));

const { statement } = fc.letrec<{ statement: string; block: string }>((tie) => ({
  block: fc.array(tie("statement"), { maxLength: 2 }).map((lines) => `{\n${lines.join("\n")}\n}`),
  statement: fc.oneof(
    { maxDepth: 2, depthIdentifier: "statement" },
    { weight: 3, arbitrary: expression.map((value) => `s += String(${value});`) },
    expression.map((value) => `var v = ${value};`),
    expression.map((value) => `u = ${value};`),
    fc.tuple(expression, tie("block")).map(([test, block]) => `if (${test}) ${block}`),
    tie("block").map((block) => `for (var i = 0; i < 2; i++) ${block}`),
    tie("block").map((block) => `for (var k in c) ${block}`),
    fc.tuple(tie("block"), tie("block")).map(([one, other]) => `try ${one} catch (e) ${other}`),
    expression.map((value) => `try { ${value}; } catch (e) { s += e.message; }`),
    expression.map((value) => `throw new Error(String(${value}));`),
    fc.constantFrom(
      "for (const x of a) {}",
      "for (const [k, v] of a) {\n}",
      "const { d } = c;",
      "const [x] = a;",
      "try {} catch {}",
      "class A {}",
      "u ??= 1;",
      "function g(x = 1) {}",
      "function g({ x }) {}",
      "let s = 1;",
      "const q = 1; q = 2;",
      "with (c) {}",
      "var public = 1;",
      "x: for (;;) { break x; }",
      "delete u;",
      "var n = 017;",
      "await 1;",
      "yield 1;",
      "import x from 'crypto';",
      "export default 1;",
      "s += 1 +* 2;",
      "s += (1;",
    ),
  ),
}));

const program = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map(
    (statements) =>
      `function handler(event) {\nvar a = [3, 1], b = 'xyz', c = { d: 'e' }, u, s = '';\n${statements.join("\n")}\nreturn { s: s };\n}`,
  );

describe.skipIf(!hasNjs)(
  "FN-I-43: njs and the local runtime say the same (skipped where njs 0.7 is not installed)",
  () => {
    it("of the listed programs", async () => {
      const file = "../../../cf-rules/test/cloudfront-js-programs.json";
      const listed = JSON.parse(
        readFileSync(new URL(file, import.meta.url), "utf8"),
      ) as readonly (readonly [code: string, text?: string])[];
      const refused = listed.flatMap(([code, text]) => (text === undefined ? [] : [code]));
      const theirs = runInNjs(refused);
      for (const [index, code] of refused.entries()) {
        expect({ code, ...(await ours(code)) }).toEqual({ code, ...theirs[index] });
      }
    });

    it("of expressions with the built-ins, but for those with a reason", async () => {
      const file = "../../test/fixtures/cloudfront-function/snippets.json";
      const snippets = JSON.parse(
        readFileSync(new URL(file, import.meta.url), "utf8"),
      ) as readonly string[];
      const codes = snippets.map(
        (snippet) =>
          `function handler(event) { var v = ${snippet};\nreturn { v: v === undefined ? "none" : v }; }`,
      );
      const theirs = runInNjs(codes, requestEvent);
      const different: string[] = [];
      for (const [index, code] of codes.entries()) {
        const isSame = JSON.stringify(await ours(code)) === JSON.stringify(theirs[index]);
        if (!isSame) different.push(snippets[index] ?? "");
      }
      expect(different.toSorted()).toEqual(Object.values(njsDifferences).flat().toSorted());
    });

    it("of generated programs", async () => {
      const codes = fc.sample(program, { ...propertyRuns(200), seed: 17 });
      const theirs = runInNjs(codes, requestEvent);
      for (const [index, code] of codes.entries()) {
        expect({ code, ...(await ours(code)) }).toEqual({ code, ...theirs[index] });
      }
    });
  },
);
