import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { apiChanges } from "./api-changes.ts";

const stamp = (report: string) =>
  `\n\n<!-- version 1.0.0 sha256 ${createHash("sha256").update(report).digest("hex")} -->\n`;
const released = { "packages/a/package.json": { name: "a", version: "1.0.0" } };
const changeset = (name: string) => ({
  ".changeset/b.md": `---\n"${name}": minor\n---\n\nMore.\n`,
});

it("allows an API that is that of the last version", () => {
  expect(apiChanges(workspaceOf({ ...released, "packages/a/api.md": `x${stamp("x")}` }))).toEqual(
    [],
  );
});

it("refuses another API, unless a changeset names the package", () => {
  const changed = { ...released, "packages/a/api.md": `y${stamp("x")}` };
  expect(apiChanges(workspaceOf({ ...changed, ...changeset("a") }))).toEqual([]);
  expect(apiChanges(workspaceOf({ ...changed, ...changeset("b") }))).toMatchInlineSnapshot(`
    [
      "The API of a has changed since its last version, and no changeset says so: got another checksum in packages/a/api.md. Run "pnpm changeset".",
    ]
  `);
});

it("allows a new version, which has the API that the report shows", () => {
  const next = { "packages/a/package.json": { name: "a", version: "1.1.0" } };
  expect(apiChanges(workspaceOf({ ...next, "packages/a/api.md": `y${stamp("x")}` }))).toEqual([]);
});

it("refuses a report without a stamp", () => {
  expect(apiChanges(workspaceOf({ ...released, "packages/a/api.md": "x\n" }))).toHaveLength(1);
});
