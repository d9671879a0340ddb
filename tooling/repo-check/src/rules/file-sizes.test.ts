import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { fileSizes } from "./file-sizes.ts";

const withLines = (...counts: readonly number[]) =>
  workspaceOf({
    "packages/a/package.json": { name: "a" },
    "packages/a/src/long.test.ts": "\n".repeat(900),
    ...Object.fromEntries(
      counts.map((count, index) => [`packages/a/src/f${index}.ts`, "\n".repeat(count)]),
    ),
  });

it("allows short files, and a few long ones", () => {
  expect(fileSizes(withLines(10, 20, 80, 100, 200))).toEqual([]);
  expect(fileSizes(withLines(300, 300))).toEqual([]);
});

it("refuses a package of long files", () => {
  expect(fileSizes(withLines(10, 20, 81, 100, 201))).toMatchInlineSnapshot(`
    [
      "The files of packages/a are long: got 81 lines as their median. Allowed: 80. Give what has a name of its own a file of its own.",
      "The files of packages/a are long: got 201 lines as their 90th percentile. Allowed: 200. Give what has a name of its own a file of its own.",
    ]
  `);
});
