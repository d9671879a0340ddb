import { parse } from "acorn";
import type { AnyNode } from "acorn";
import { expect, it } from "vitest";
import { childNodes } from "./child-nodes.ts";
import { resolveNames } from "./program-names.ts";

function namesOf(code: string, sourceType: "module" | "script" = "script") {
  const program = parse(code, { ecmaVersion: "latest", sourceType, ranges: true });
  const all = (node: AnyNode): readonly AnyNode[] => [node, ...childNodes(node).flatMap(all)];
  const identifiers = all(program).filter((node) => node.type === "Identifier");
  return { names: resolveNames(program), identifiers };
}

it("gives each use of a name the variable of its scope", () => {
  const { names, identifiers } = namesOf("const a = 1; function f(a) { return a; } f(a);");
  const variables = identifiers.map((node) => names.variableOf(node));
  const [outer, f, parameter, returned, called, argument] = variables;
  expect([outer, argument, f, called].map((each) => each?.name)).toEqual(["a", "a", "f", "f"]);
  expect(argument).toBe(outer);
  expect(returned).toBe(parameter);
  expect(parameter).not.toBe(outer);
});

it.each(["script", "module"] as const)("names no variable of a global, in a %s", (sourceType) => {
  const { names, identifiers } = namesOf(
    "function f() { return arguments[0]; } exports.handler = f; fetch('/');",
    sourceType,
  );
  const isGlobal = identifiers.filter((node) => names.variableOf(node) === undefined);
  expect(isGlobal.map(({ name }) => name)).toEqual(["arguments", "exports", "handler", "fetch"]);
  expect(names.globals.map((node) => "name" in node && node.name)).toEqual(["exports", "fetch"]);
});

it("says what holds a node", () => {
  const program = parse("f(a)", { ecmaVersion: "latest", ranges: true });
  const names = resolveNames(program);
  const [called] = names.globals;
  expect(names.parentOf(called)).toMatchObject({ type: "CallExpression" });
  expect(names.parentOf(program)).toBeUndefined();
});
