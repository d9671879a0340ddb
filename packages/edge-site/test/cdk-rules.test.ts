import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { synthesized } from "./synthesized.ts";

it("the CDK's own CloudFormation rules find nothing in the stack", () => {
  using site = synthesized({}, {}, { evaluatesCdkRules: true });
  // The report is there only where the rules were evaluated.
  const report = readFileSync(join(site.assemblyFolder, "validation-report.json"), "utf8");
  expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
});
