import { LocalCloudFront, LocalCloudFrontError } from "local-cloudfront";
import { describe, expect, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { codeMistakes } from "./code-mistakes.ts";
import { distributionMistakes } from "./distribution-mistakes.ts";
import { functionMistakes, roleMistakes } from "./mistakes.ts";
import { writtenTemplate } from "./written-template.ts";

/** What the local CloudFront makes of a template when it starts. */
type Outcome = `refused by ${string}` | "warned" | "served";

/** @param factId that of the warning, if there is one. */
async function outcomeOf(assembly: string, factId: string): Promise<Outcome> {
  try {
    const cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
    await cloudfront.close();
    const warned = cloudfront.warnings.some(({ message }) => message.includes(`${factId})`));
    return warned ? "warned" : "served";
  } catch (error) {
    if (!(error instanceof LocalCloudFrontError)) throw error;
    return `refused by ${error.factId}`;
  }
}

const templateMistakes = { ...functionMistakes, ...roleMistakes, ...distributionMistakes };

/** CloudFront takes these, or took them once: the local CloudFront serves them and warns. */
const warned = [
  "reserved concurrency",
  "a timeout above 5 s on a viewer event",
  "memory above 128 MB on a viewer event",
  "a zipped package above 1 MB on a viewer event",
  "a runtime that is deprecated on the day",
  "a runtime that can no longer be created",
  "a default root object with a slash",
];

/** These show in requests, or only in an account: the local CloudFront starts without a word. */
const served = [
  "a handler that is in no file",
  "a handler that its file does not export",
  "a callback handler on a runtime without callbacks",
  "an imported role whose trust cannot be seen",
  "replication rights without their asterisk",
  "logs allowed in one region only",
  "logs allowed in a group that no edge function writes to",
  "the AllViewer policy on an S3 origin",
  "a policy of one's own that sends Host to an S3 origin",
  "a bucket that hides missing files from the error response for 404",
  "a minimum TTL above 0 on what differs by cookies",
  "security headers left to a viewer-response function",
  "a response headers policy that adds a disallowed header",
  "a response headers policy that adds a read-only header",
  "a config.json that sets a read-only header",
];

function expectedOutcome(name: string, ruleId: string): Outcome {
  if (warned.includes(name)) return "warned";
  return served.includes(name) ? "served" : `refused by ${ruleId}`;
}

describe("what the check finds in a template, the local CloudFront refuses by the same fact, warns of or shows", () => {
  it.each(Object.entries(templateMistakes))("%s", async (name, { ruleId, make }) => {
    using written = writtenTemplate(make);
    expect(checkAssembly(written.file).map((finding) => finding.ruleId)).toContain(ruleId);
    expect(await outcomeOf(written.file, ruleId)).toBe(expectedOutcome(name, ruleId));
  });
});

describe("what the check finds in code, the local CloudFront shows in requests", () => {
  it.each(Object.entries(codeMistakes))("%s", async (_name, { ruleId, make }) => {
    using written = writtenTemplate(make);
    expect(checkAssembly(written.file).map((finding) => finding.ruleId)).toContain(ruleId);
    expect(await outcomeOf(written.file, ruleId)).toBe("served");
  });
});

it("both take the control", async () => {
  using control = writtenTemplate();
  expect(checkAssembly(control.file)).toEqual([]);
  expect(await outcomeOf(control.file, "none")).toBe("served");
});
