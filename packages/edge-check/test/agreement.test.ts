import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalCloudFront, LocalCloudFrontError } from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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
  "a CloudFront Function that is not published",
  "a function URL that demands signatures, and no origin access control",
  "a function URL that CloudFront may not invoke",
  "a public function URL with one of its permissions",
];

// Runtimes age: nodejs20.x is deprecated on this day, and AWS still takes it.
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-30") }));
afterAll(() => void vi.useRealTimers());

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
  "bodies that viewers have to hash for a function URL",
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
  it.each(Object.entries(codeMistakes))("%s", async (name, { ruleId, make }) => {
    using written = writtenTemplate(make);
    expect(checkAssembly(written.file).map((finding) => finding.ruleId)).toContain(ruleId);
    expect(await outcomeOf(written.file, ruleId)).toBe(warned.includes(name) ? "warned" : "served");
  });
});

describe("both read templates alike", () => {
  const ruleIds = (file: string) => checkAssembly(file).map(({ ruleId }) => ruleId);

  it("nested stacks are followed", async () => {
    using written = writtenTemplate((parts) => (parts.rewrite["Architectures"] = ["arm64"]));
    const file = join(written.folder, "parent.json");
    const nested = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "site.json" } };
    writeFileSync(file, JSON.stringify({ Resources: { Nested: nested } }));
    expect(ruleIds(file)).toEqual(["LE-E-08"]);
    expect(await outcomeOf(file, "LE-E-08")).toBe("refused by LE-E-08");
  });

  it("the default of a parameter in SSM is a name, not a value", async () => {
    using written = writtenTemplate((parts) => {
      parts.rewrite["Runtime"] = { Ref: "Runtime" };
      Object.assign(parts.template, {
        Parameters: {
          Runtime: { Type: "AWS::SSM::Parameter::Value<String>", Default: "provided.al2023" },
        },
      });
    });
    expect(ruleIds(written.file)).toEqual([]);
    await expect(LocalCloudFront.start({ assembly: written.file, port: 0 })).rejects.toThrow(
      'Parameters.Runtime has its value in SSM: got "provided.al2023". Pass --parameter Runtime=VALUE.',
    );
  });

  it("a package counts with the headers of its zip archive", async () => {
    using written = writtenTemplate((parts) => {
      parts.rewrite["Code"] = "code";
      parts.files["code/index.js"] =
        "exports.handler = async (event) => event.Records[0].cf.request;";
      // 1 MiB less the headers of one of its two files: too much by the header of the other.
      const bytes = 1_048_576 - 100;
      parts.files["code/data"] = randomBytes(bytes - parts.files["code/index.js"].length);
    });
    expect(ruleIds(written.file)).toEqual(["LE-E-02"]);
    expect(await outcomeOf(written.file, "LE-E-02")).toBe("warned");
  });

  it("the partition of an ARN is that of the stack's Region", async () => {
    using written = writtenTemplate((parts) => {
      const arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:a";
      parts.associations[0]["LambdaFunctionARN"] = { "Fn::Sub": arn };
    });
    expect(ruleIds(written.file)).toEqual(["LE-E-12"]);
    expect(await outcomeOf(written.file, "LE-E-12")).toBe("refused by LE-E-12");
  });
});

it("both take the control", async () => {
  using control = writtenTemplate();
  expect(checkAssembly(control.file)).toEqual([]);
  expect(await outcomeOf(control.file, "none")).toBe("served");
});
