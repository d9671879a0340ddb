import { LocalCloudFront, LocalCloudFrontError } from "local-cloudfront";
import { describe, expect, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { codeMistakes } from "./code-mistakes.ts";
import { distributionMistakes } from "./distribution-mistakes.ts";
import { functionMistakes, roleMistakes } from "./mistakes.ts";
import { writtenTemplate } from "./written-template.ts";

const mistakes = { ...functionMistakes, ...roleMistakes, ...distributionMistakes, ...codeMistakes };

/** Why the local CloudFront does not start; undefined where it does. */
async function refusal(assembly: string): Promise<LocalCloudFrontError | undefined> {
  try {
    const cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
    await cloudfront.close();
    return undefined;
  } catch (error) {
    if (error instanceof LocalCloudFrontError) return error;
    throw error;
  }
}

describe("what the local CloudFront refuses to run, the check finds by the same fact", () => {
  it.each(Object.keys(mistakes))("%s", async (name) => {
    using written = writtenTemplate(mistakes[name]!.make);
    const refused = await refusal(written.file);
    if (refused?.factId === undefined) return;
    expect(checkAssembly(written.file).map(({ ruleId }) => ruleId)).toContain(refused.factId);
  });

  it("and both take the control", async () => {
    using control = writtenTemplate();
    expect(await refusal(control.file)).toBeUndefined();
  });
});
