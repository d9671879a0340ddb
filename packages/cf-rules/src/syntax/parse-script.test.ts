import { expect, it } from "vitest";
import { parseScript } from "./parse-script.ts";

it.each([
  ["a module", 'import "a"; export const b = await c;', "module"],
  ["a script that no module can be", "with (a) b;", "script"],
  ["CommonJS that returns early, with a hashbang", "#!/usr/bin/env node\nreturn;", "module"],
])("reads %s", (_, code, sourceType) => {
  const program = parseScript(code);
  expect(program).toMatchObject({ type: "Program", sourceType, loc: { start: { line: 1 } } });
});

it("reads nothing of what is no JavaScript", () => {
  expect(parseScript("<p>")).toBeUndefined();
});
