import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";

it("README.md lists all rules, in the order of their ids, as the catalogue describes them", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| ((?:LE|CF|FN)-\S+) +\| (.*?) +\| (.*?) +\|$/gm)];
  expect(rows.map(([, id, severity, refuses]) => [id, severity, refuses])).toEqual(
    Object.entries(ruleCatalogue)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { severity, refuses }]) => [id, severity, refuses]),
  );
});
