import { describe, expect, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";
import { codeMistakes } from "./code-mistakes.ts";
import { distributionMistakes } from "./distribution-mistakes.ts";
import { functionMistakes, roleMistakes } from "./mistakes.ts";
import { writtenTemplate } from "./written-template.ts";

const today = "2026-11-26";
const mistakes = { ...functionMistakes, ...roleMistakes, ...distributionMistakes, ...codeMistakes };

describe("the control", () => {
  it("has nothing that CloudFront would refuse", () => {
    using control = writtenTemplate();
    expect(checkAssembly(control.file, { today })).toEqual([]);
  });
});

describe("each mistake is found alone, where it is", () => {
  it.each(Object.entries(mistakes).map(([name, mistake]) => ({ name, ...mistake })))(
    "$ruleId: $name",
    ({ ruleId, severity = "error", at, make }) => {
      using written = writtenTemplate(make);
      const found = checkAssembly(written.file, { today });
      expect(
        found.map(({ place, ...finding }) => ({
          ruleId: finding.ruleId,
          severity: finding.severity,
          at: `${place.logicalId} ${place.property}`,
        })),
      ).toEqual([{ ruleId, severity, at }]);
    },
  );
});

describe("the catalogue", () => {
  it("has every rule that is tested, and no other", () => {
    const tested = new Set(Object.values(mistakes).map(({ ruleId }) => ruleId));
    expect(Object.keys(ruleCatalogue).toSorted()).toEqual([...tested].toSorted());
  });
});
