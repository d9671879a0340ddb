import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import * as securityHeaders from "./index.ts";

it("the documents name each export, and each option", async () => {
  const documents = await Promise.all(
    ["README.md", "docs/OPTIONS.md"].map((file) =>
      readFile(`${import.meta.dirname}/../${file}`, "utf8"),
    ),
  );
  const text = documents.join("");
  const options = await readFile(`${import.meta.dirname}/options.ts`, "utf8");
  const names = [
    ...Object.keys(securityHeaders),
    ...[...options.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = ""]) => name),
  ];
  expect(names.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
  expect(names.length).toBeGreaterThan(50);
});

it("the package exports these", () => {
  expect(Object.keys(securityHeaders).toSorted()).toEqual([
    "SecurityHeadersOptionsError",
    "analyzeSite",
    "analyzeSiteFolder",
    "checkSecurityHeaders",
    "compileForSite",
    "compileSecurityHeaders",
    "contentSecurityPolicy",
    "createSecurityHeaders",
    "cspFindings",
    "decideSecurityHeaders",
    "explainSecurityHeaders",
    "formatScorecard",
    "observatoryReport",
    "owaspFindings",
    "owaspRemovedHeaders",
    "pagePathOverrides",
    "permissionsPolicy",
    "plainSecurityHeaders",
    "presetNames",
    "readSiteFiles",
    "refuseWeakHeaders",
    "responseHeadersPolicy",
    "responseHeadersPolicyConfig",
    "responseHeadersPolicyGaps",
    "scorecard",
    "strictTransportSecurity",
    "writeIntegrity",
  ]);
});
