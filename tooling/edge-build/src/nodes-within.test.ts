import { parse } from "acorn";
import { expect, it } from "vitest";
import { nodesWithin } from "./nodes-within.ts";

const program = parse("a(() => b, [, c]);", { ecmaVersion: "latest" });

it("are a node and all that it holds, from the outside in", () => {
  expect([...nodesWithin(program)].map(({ type }) => type)).toEqual([
    "Program",
    "ExpressionStatement",
    "CallExpression",
    "Identifier",
    "ArrowFunctionExpression",
    "Identifier",
    "ArrayExpression",
    "Identifier",
  ]);
});

it("are without those that are left out, and what these hold", () => {
  const nodes = nodesWithin(program, ({ type }) => type === "ArrowFunctionExpression");
  expect([...nodes].flatMap((node) => (node.type === "Identifier" ? node.name : []))).toEqual([
    "a",
    "c",
  ]);
});
