import { describe, expect, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { codeMistakes } from "./code-mistakes.ts";
import { codeRemedies } from "./code-remedies.ts";
import { distributionMistakes } from "./distribution-mistakes.ts";
import { functionMistakes, roleMistakes } from "./mistakes.ts";
import { distributionRemedies, functionRemedies } from "./template-remedies.ts";
import { writtenTemplate } from "./written-template.ts";

const today = "2026-11-26";
const mistakes = { ...functionMistakes, ...roleMistakes, ...distributionMistakes, ...codeMistakes };
const remedies = { ...functionRemedies, ...distributionRemedies, ...codeRemedies };
/** What viewers have to do: nothing in the template shows it. */
const outside = ["bodies that viewers have to hash for a function URL"];

describe("a remedy is followed, and nothing is found", () => {
  it.each(Object.entries(remedies))("%s", (name, followed) => {
    const { make } = mistakes[name]!;
    using wrong = writtenTemplate(make);
    const [finding] = checkAssembly(wrong.file, { today });
    expect(followed.length).toBeGreaterThan(0);
    for (const follow of followed) {
      using right = writtenTemplate((parts) => {
        make(parts);
        follow(parts);
      });
      const left = checkAssembly(right.file, { today });
      expect({ remedy: finding?.remedy, left }).toEqual({ remedy: finding?.remedy, left: [] });
    }
  });

  it("is one for each mistake", () => {
    const followed = [...Object.keys(remedies), ...outside];
    expect(followed.toSorted()).toEqual(Object.keys(mistakes).toSorted());
  });
});
