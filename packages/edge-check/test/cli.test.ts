import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EndedCommand, runHere } from "vitest-config/run-here";
import { runEdgeCheck } from "../src/run-edge-check.ts";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";
import type { Parts } from "./mistake.ts";
import { writtenTemplate } from "./written-template.ts";

const bin = join(import.meta.dirname, "../bin/edge-check.js");

/** In a process of its own, as users run it. */
function edgeCheckProcess(cwd: string, ...args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, env });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

function edgeCheck(folder: string, ...args: readonly string[]): Promise<EndedCommand> {
  return runHere(folder, () => runEdgeCheck(args));
}

const slow = ({ rewrite }: Parts) => (rewrite["Timeout"] = 6);

describe("edge-check", () => {
  it("says so and leaves with 0 where there is nothing to refuse", () => {
    using control = writtenTemplate();
    expect(edgeCheckProcess(control.folder, "site.json")).toEqual({
      status: 0,
      stdout: "CloudFront has nothing to refuse.\n",
      stderr: "",
    });
  });

  it("tells what, where and the remedy, and leaves with 1", () => {
    using written = writtenTemplate(slow);
    const { status, stdout } = edgeCheckProcess(
      written.folder,
      "site.json",
      "--fail-on",
      "warning",
    );
    expect(status).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "warning LE-E-02
        Rewrite.Timeout is too large: got 6, at most 5 is allowed.
        at site/Rewrite, Properties.Timeout
        in site.json:81
        Stay within it: deployments to viewer events were seen to be refused above.

      1 finding.
      "
    `);
  });

  it("leaves with 0 for a warning that nobody asked to fail on", async () => {
    using written = writtenTemplate(slow);
    expect((await edgeCheck(written.folder, "site.json")).status).toBe(0);
  });

  it("says what it has not read, and does not call it right", async () => {
    using written = writtenTemplate(({ template }: Parts) => {
      Object.assign(template, { Transform: "Company" });
    });
    expect(await edgeCheck(written.folder, "site.json")).toEqual({
      status: 0,
      stdout: "CloudFront has nothing to refuse in what was read.\n",
      stderr:
        "1 part of a template could not be judged:\n  site, Transform: Macro Company is not run: what it would make is not read.\n",
    });
  });

  it("counts and names the functions that it could not judge, in each format", async () => {
    using written = writtenTemplate(
      ({ rewrite }: Parts) => (rewrite["Code"] = { S3Bucket: "elsewhere", S3Key: "rewrite.zip" }),
    );
    for (const format of ["text", "github", "sarif", "junit"]) {
      const { status, stdout, stderr } = await edgeCheck(
        written.folder,
        "site.json",
        "--format",
        format,
      );
      expect({ status, text: `${stdout}${stderr}` }).toEqual({
        status: 0,
        text: expect.stringMatching(
          /1 function could not be judged[^]*Rewrite[^]*code is not on disk: it is not read\./,
        ),
      });
    }
  });

  it("explains a rule, and lists all", async () => {
    using control = writtenTemplate();
    const { status, stdout } = await edgeCheck(control.folder, "explain", "le-c-04");
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "LE-C-04 (error): a header that is read-only at viewer-request

      \`CDN-Loop\`, \`Content-Length\`, \`Host\`, \`Transfer-Encoding\` and \`Via\` are read-only at viewer-request: a function must return them as they came. CloudFront responds to any change with 502.

      CloudFront (documented): viewer-request read-only: CDN-Loop (new), Content-Length, Host, Transfer-Encoding, Via.

      Refused, viewer-request:

          exports.handler = async (event) => {
            const { request } = event.Records[0].cf;
            request.headers.host = [{ value: "www.example.com" }];
            return request;
          };

      Passes, origin-request:

          exports.handler = async (event) => {
            const { request } = event.Records[0].cf;
            request.headers.host = [{ value: "www.example.com" }];
            return request;
          };

      Remedy: Leave the header as it came in the event. Set \`Host\` at origin-request, where it is writable.

      Source:
        Restrictions on all edge functions: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
      "
    `);
    const list = (await edgeCheck(control.folder, "explain")).stdout.trim().split("\n");
    expect(list).toHaveLength(Object.keys(ruleCatalogue).length);
    expect(list).toContain("LE-C-04  error           a header that is read-only at viewer-request");
  });

  it("writes JSON", async () => {
    using written = writtenTemplate(slow);
    const { stdout } = await edgeCheck(written.folder, "--json", "site.json");
    expect(JSON.parse(stdout)).toMatchObject([
      { ruleId: "LE-E-02", severity: "warning", place: { logicalId: "Rewrite" } },
    ]);
  });

  it.each([
    [[], "Missing required argument 'assembly': edge-check --help lists the options.\n"],
    [
      ["--fail-on", "all", "a"],
      "Option '--fail-on <severity>' argument 'all' is invalid. Allowed choices are error, warning.\n",
    ],
    [["explain", "LE-C-4"], 'There is no such rule: got "LE-C-4". Did you mean LE-C-04?\n'],
    [
      ["--format", "xml", "a"],
      "Option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, github, sarif, junit.\n",
    ],
    [["--strict"], "Unknown option '--strict': edge-check --help lists the options.\n"],
    [
      ["absent"],
      'Cloud assembly does not exist: got "absent". Synthesize the app first (`cdk synth`), or name a template or a plan of Terraform.\n',
    ],
  ])("leaves with 2 and a sentence for %j", async (args, stderr) => {
    using control = writtenTemplate();
    expect(await edgeCheck(control.folder, ...args)).toEqual({ status: 2, stdout: "", stderr });
  });
});
