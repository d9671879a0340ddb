import { describe, expect, it } from "vitest";
import { camelCase, pascalCase, refuseInvalidName } from "./function-names.ts";

it.each([
  ["spa-rewrite", "SpaRewrite", "spaRewrite"],
  ["geo", "Geo", "geo"],
  ["a-b2-c", "AB2C", "aB2C"],
])("%s is %s and %s", (name, pascal, camel) => {
  expect([pascalCase(name), camelCase(name)]).toEqual([pascal, camel]);
});

describe("a name", () => {
  it("may be new", () => {
    expect(() => refuseInvalidName("my-own", ["spa-rewrite"])).not.toThrow();
  });

  it.each([
    "",
    "My",
    "2nd",
    "a--b",
    "-a",
    "a-",
    "@scope/a",
    "a/../b",
    "a b",
    "x".repeat(51),
    "a-1",
  ])("is refused: %j", (name) => {
    expect(() => refuseInvalidName(name, [])).toThrow(
      `The name is not valid: got ${JSON.stringify(name)}. Allowed: `,
    );
  });

  it("is refused where it is taken", () => {
    expect(() => refuseInvalidName("infra", ["infra"])).toThrowErrorMatchingInlineSnapshot(
      `[NewFunctionError: The name is taken in this workspace: got "infra". Choose another.]`,
    );
  });
});
