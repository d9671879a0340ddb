import { relative } from "node:path";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import addFormats from "ajv-formats";
import Ajv from "ajv-draft-04";
import { Architecture } from "aws-cdk-lib/aws-lambda";
import { SaxesParser } from "saxes";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { EdgeFinding } from "../src/finding.ts";
import { formatReport } from "../src/format/format-report.ts";
import { checkAssembly } from "../src/check-assembly.ts";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";
import { unreadParts } from "../src/unread-parts.ts";
import type { CheckReport } from "../src/format/check-report.ts";
import { cdkApp, distributionOf, edgeStack, TestFunction } from "./cdk-site.ts";
import { codeMistakes } from "./code-mistakes.ts";
import { distributionMistakes } from "./distribution-mistakes.ts";
import { functionMistakes, roleMistakes } from "./mistakes.ts";
import type { Parts } from "./mistake.ts";
import { writtenTemplate } from "./written-template.ts";

const today = "2026-11-26";

/** What a check of the control template with a change says; the template is gone. */
function reportOf(change: (parts: Parts) => void): CheckReport & { readonly folder: string } {
  using written = writtenTemplate(change);
  const { file, folder } = written;
  return { findings: checkAssembly(file, { today }), unread: unreadParts(file), folder };
}

const slowAndUnread = (): ReturnType<typeof reportOf> =>
  reportOf(({ rewrite, template }) => {
    rewrite["Timeout"] = 31;
    template.Resources["Mark"]!.Properties["Code"] = { S3Bucket: "elsewhere", S3Key: "mark.zip" };
  });

/** As an app of the CDK is found that is synthesized in the working directory. */
function ofCdk(finding: EdgeFinding): EdgeFinding {
  const place = {
    ...finding.place,
    constructPath: "Site/Rewrite/Resource",
    source: "lib/site.ts:41:19",
  };
  return { ...finding, place };
}

afterEach(() => vi.unstubAllEnvs());

describe("--format github", () => {
  it("annotates the line of the template, with what could not be judged as a notice", () => {
    const report = slowAndUnread();
    vi.stubEnv("GITHUB_WORKSPACE", report.folder);
    expect(formatReport("github", report)).toMatchInlineSnapshot(`
      "::error file=site.json,line=81,title=edge-check LE-E-04::Rewrite.Timeout is too large: got 31, at most 30 is allowed.%0ALower it, in seconds.
      ::warning file=site.json,line=81,title=edge-check LE-E-02::Rewrite.Timeout is too large: got 31, at most 5 is allowed.%0AStay within it: deployments to viewer events were seen to be refused above.
      ::notice file=site.json,title=1 function could not be judged::Mark (site): The function's code is not on disk: it is not read."
    `);
  });

  it("annotates the line of the app where that is known", () => {
    const { findings, folder } = slowAndUnread();
    vi.stubEnv("GITHUB_WORKSPACE", relative(".", "../.."));
    const report = { findings: findings.map(ofCdk), unread: [], folder };
    expect(formatReport("github", report)).toContain(
      "::error file=packages/edge-check/lib/site.ts,line=41,title=edge-check LE-E-04::",
    );
  });

  it("annotates the line of a CDK app that is synthesized as people do", () => {
    using cdk = cdkApp();
    const stack = edgeStack(cdk.app);
    const { lambda } = new TestFunction(stack, "Rewrite", { architecture: Architecture.ARM_64 });
    distributionOf(stack, lambda.currentVersion);
    cdk.app.synth();
    vi.stubEnv("GITHUB_WORKSPACE", ".");
    const findings = checkAssembly(cdk.folder, { today });
    expect(formatReport("github", { findings, unread: [] })).toMatch(
      /^::error file=test\/cdk-site\.ts,line=\d+,title=edge-check LE-E-08::/m,
    );
  });

  it("escapes what ends a command, a property or a line", () => {
    const [finding] = slowAndUnread().findings;
    const place = { ...finding!.place, templateFile: "/a,b:c%/site.json", line: 1 };
    const message = "50% of\r\ntwo lines::error::";
    vi.stubEnv("GITHUB_WORKSPACE", "/");
    const text = formatReport("github", {
      findings: [{ ...finding!, message, remedy: "Go on.", place }],
      unread: [],
    });
    expect(text).toBe(
      "::error file=a%2Cb%3Ac%25/site.json,line=1,title=edge-check LE-E-04::50%25 of%0D%0Atwo lines::error::%0AGo on.",
    );
  });
});

describe("--format sarif", () => {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const valid = (report: CheckReport) => {
    const log = JSON.parse(formatReport("sarif", report));
    validate(log);
    expect(validate.errors).toBeNull();
    return log.runs[0];
  };

  it("is valid with every finding that there is", () => {
    const all = { ...functionMistakes, ...roleMistakes, ...distributionMistakes, ...codeMistakes };
    const reports = Object.values(all).map(({ make }) => reportOf(make));
    const run = valid({
      findings: reports.flatMap(({ findings }) => findings),
      unread: reports.flatMap(({ unread }) => unread),
    });
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual(Object.keys(ruleCatalogue).toSorted());
    for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId);
  });

  it("is valid where nothing is found", () => {
    expect(valid({ findings: [], unread: [] })).toMatchObject({
      results: [],
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
    });
  });

  it("has the rule with AWS's page, the place relative to the repository, and what could not be judged", () => {
    const report = slowAndUnread();
    vi.stubEnv("GITHUB_WORKSPACE", report.folder);
    const { tool, results, invocations } = valid(report);
    expect(tool.driver.rules[0]).toMatchObject({
      id: "LE-E-04",
      helpUri:
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
      help: { markdown: expect.stringContaining("## Passes") },
    });
    expect(results[0]).toMatchObject({
      ruleId: "LE-E-04",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "site.json", uriBaseId: "%SRCROOT%" },
            region: { startLine: expect.any(Number) },
          },
          logicalLocations: [{ fullyQualifiedName: "site/Rewrite/Properties.Timeout" }],
        },
      ],
    });
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      {
        level: "note",
        message: {
          text: "1 function could not be judged: Mark (site): The function's code is not on disk: it is not read.",
        },
      },
    ]);
  });

  it("has the line of the app, and that of the template beside it", () => {
    const { findings } = slowAndUnread();
    vi.stubEnv("GITHUB_WORKSPACE", ".");
    const [result] = valid({ findings: findings.map(ofCdk), unread: [] }).results;
    expect(result).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "lib/site.ts", uriBaseId: "%SRCROOT%" },
            region: { startLine: 41 },
          },
        },
      ],
      // Outside of the repository.
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: expect.stringMatching(/^file:\/\/\/.*site\.json$/) },
          },
        },
      ],
    });
  });
});

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string[];
}

/** The elements of a document, in their order; throws where it is not well-formed. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, text: [] };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => open.at(-1)?.text.push(text));
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  return elements;
}

describe("--format junit", () => {
  const named = (elements: readonly Element[], name: string) =>
    elements.filter((element) => element.name === name);

  it("has a failed test for what stops, and a skipped one for what could not be judged", () => {
    const report = slowAndUnread();
    vi.stubEnv("GITHUB_WORKSPACE", report.folder);
    const elements = elementsOf(formatReport("junit", report));
    const tests = named(elements, "testcase");
    expect(named(elements, "testsuite")[0]?.attributes).toEqual({
      name: "edge-check",
      tests: String(tests.length),
      failures: "1",
      errors: "0",
      skipped: "1",
    });
    expect(tests[0]?.attributes).toMatchObject({
      classname: "site/Rewrite",
      name: "LE-E-04 Properties.Timeout",
      file: "site.json",
    });
    expect(named(elements, "failure")[0]).toMatchObject({
      attributes: { message: report.findings[0]?.message, type: "error" },
    });
    expect(named(elements, "skipped")[0]?.attributes["message"]).toBe(
      "1 function could not be judged: Mark (site): The function's code is not on disk: it is not read.",
    );
  });

  it("has a passed test for each rule where nothing is found", () => {
    const elements = elementsOf(formatReport("junit", { findings: [], unread: [] }));
    expect(named(elements, "testcase")).toHaveLength(Object.keys(ruleCatalogue).length);
    expect(named(elements, "failure")).toEqual([]);
  });

  it("counts a warning as failed where it stops", () => {
    const { findings } = reportOf(({ rewrite }) => (rewrite["Timeout"] = 6));
    const failures = (failOn: "error" | "warning") =>
      named(elementsOf(formatReport("junit", { findings, unread: [], failOn })), "failure").length;
    expect([failures("error"), failures("warning")]).toEqual([0, 1]);
  });

  it("is well-formed with any text", () => {
    const [finding] = slowAndUnread().findings;
    const message = "<a b=\"c\" d='e'>&amp; ]]> \u0000\u001f\ud800 ü 🙂\n";
    const xml = formatReport("junit", { findings: [{ ...finding!, message }], unread: [] });
    const [failure] = named(elementsOf(xml), "failure");
    expect(failure?.text.join("")).toContain(
      "<a b=\"c\" d='e'>&amp; ]]> \ufffd\ufffd\ufffd ü 🙂\n",
    );
  });
});

it("--format json has the findings and what could not be judged", () => {
  expect(JSON.parse(formatReport("json", slowAndUnread()))).toMatchObject({
    findings: [{ ruleId: "LE-E-04" }, { ruleId: "LE-E-02" }],
    unread: [{ functionName: "Mark", stack: "site" }],
  });
});
