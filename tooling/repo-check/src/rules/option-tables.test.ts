import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { optionTables } from "./option-tables.ts";

const code = `
export interface AOptions {
  /** Required. */
  readonly from: string;
  /**
   * Whereto.
   * @default "/index.html" - as servers have it
   */
  readonly to?: string;
  /** @default - as many as there are */
  readonly many?: number;
}
/** Not one of them. */
export interface Compiled { readonly x: string }
`;
const withTable = (...rows: readonly string[]) =>
  workspaceOf({
    "packages/a/package.json": { name: "a", edgeFunction: { eventType: "viewer-request" } },
    "packages/a/src/options.ts": code,
    "packages/a/README.md": rows.join("\n"),
  });

it("allows a table with a row and a default for each", () => {
  const elsewhere = "| `to`     |       from |";
  const rows = ["| `from` | x |", elsewhere, '| `to` | `"/index.html"` |', "| `many` | all |"];
  expect(optionTables(withTable(...rows))).toEqual([]);
});

it("refuses a missing row and another default", () => {
  expect(optionTables(withTable("| `from` |", "| `to` | `/home.html` |"))).toMatchInlineSnapshot(`
    [
      "packages/a documents another default for to: got "| \`to\` | \`/home.html\` |". Write /index.html there, which the code says.",
      "packages/a documents no row for an option: got no "many". Add it to the table under "Options" in README.md or docs/OPTIONS.md, with its default.",
    ]
  `);
});
