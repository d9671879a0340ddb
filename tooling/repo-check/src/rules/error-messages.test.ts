import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { errorMessages } from "./error-messages.ts";

const throwing = (...errors: readonly string[]) =>
  workspaceOf({
    "packages/a/package.json": { name: "a" },
    "packages/a/src/a.ts": `const x = 1;\n${errors.map((error) => `new ${error};\n`).join("")}`,
  });

it("allows a subject with a problem, a value and a remedy", () => {
  const workspace = throwing(
    'AError("CODE", `path is not a string: got ${x}. Give a path.`)',
    'AError("CODE", `Package ${x} is not built. Run: pnpm build`)',
    'AError("CODE", "Did you mean it?", { cause })',
    'AError("CODE", `${x} is not JSON.`)',
    'Error("sorry!")',
    "AError(code, message)",
  );
  expect(errorMessages(workspace)).toEqual([]);
});

it("refuses shouting, begging, contractions, a missing subject and an open end", () => {
  const workspace = throwing(
    'AError("CODE", "The path is wrong!")',
    'AError("CODE", "Please give a path.")',
    'AError("CODE", "The path isn\'t there.")',
    'AError("CODE", "Invalid path.")',
    'AError("CODE", "The path is wrong")',
  );
  expect(errorMessages(workspace)).toMatchInlineSnapshot(`
    [
      "packages/a/src/a.ts has an error message that begs or shouts: got "The path is wrong!". Write: Subject, problem: got value. What is allowed, or the remedy.",
      "packages/a/src/a.ts has an error message that begs or shouts: got "Please give a path.". Write: Subject, problem: got value. What is allowed, or the remedy.",
      "packages/a/src/a.ts has an error message that contracts its words: got "The path isn't there.". Write: Subject, problem: got value. What is allowed, or the remedy.",
      "packages/a/src/a.ts has an error message that has no subject: got "Invalid path.". Write: Subject, problem: got value. What is allowed, or the remedy.",
      "packages/a/src/a.ts has an error message that does not end as a sentence does: got "The path is wrong". Write: Subject, problem: got value. What is allowed, or the remedy.",
    ]
  `);
});
