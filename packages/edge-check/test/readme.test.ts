import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { cdkMistakes } from "./cdk-mistakes.ts";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

it("README.md counts the mistakes that the tests make", () => {
  const all = Object.values(cdkMistakes);
  const ofCdk = all.filter(({ stoppedBy }) => stoppedBy === "cdk");
  expect(readme).toContain(`Of ${all.length} such mistakes the CDK stops ${ofCdk.length} itself`);
});

it("README.md lists all rules, in the order of their ids, as the catalogue describes them", () => {
  const rows = [...readme.matchAll(/^\| ((?:LE|CF|FN)-\S+) +\| (.*?) +\| (.*?) +\|$/gm)];
  expect(rows.map(([, id, severity, refuses]) => [id, severity, refuses])).toEqual(
    Object.entries(ruleCatalogue)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { severity, refuses }]) => [id, severity, refuses]),
  );
});
