import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Parts } from "./mistake.ts";
import { writtenTemplate } from "./written-template.ts";

const bin = join(import.meta.dirname, "../bin/edge-check.js");

function edgeCheck(cwd: string, ...args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, env });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

const slow = ({ rewrite }: Parts) => (rewrite["Timeout"] = 6);

describe("edge-check", () => {
  it("says so and leaves with 0 where there is nothing to refuse", () => {
    using control = writtenTemplate();
    expect(edgeCheck(control.folder, "site.json")).toEqual({
      status: 0,
      stdout: "CloudFront has nothing to refuse.\n",
      stderr: "",
    });
  });

  it("tells what, where and the remedy, and leaves with 1", () => {
    using written = writtenTemplate(slow);
    const { status, stdout } = edgeCheck(written.folder, "site.json", "--fail-on", "warning");
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

  it("leaves with 0 for a warning that nobody asked to fail on", () => {
    using written = writtenTemplate(slow);
    expect(edgeCheck(written.folder, "site.json").status).toBe(0);
  });

  it("says what it has not read, and does not call it right", () => {
    using written = writtenTemplate(({ template }: Parts) => {
      Object.assign(template, { Transform: "Company" });
    });
    expect(edgeCheck(written.folder, "site.json")).toEqual({
      status: 0,
      stdout: "CloudFront has nothing to refuse in what was read.\n",
      stderr:
        "Not read, or not as it is written:\n  site, Transform: Macro Company is not run: what it would make is not read.\n",
    });
  });

  it("writes JSON", () => {
    using written = writtenTemplate(slow);
    const { stdout } = edgeCheck(written.folder, "--json", "site.json");
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
    [["--strict"], "Unknown option '--strict': edge-check --help lists the options.\n"],
    [
      ["absent"],
      'Cloud assembly does not exist: got "absent". Synthesize the app first (`cdk synth`), or name a template or a plan of Terraform.\n',
    ],
  ])("leaves with 2 and a sentence for %j", (args, stderr) => {
    using control = writtenTemplate();
    expect(edgeCheck(control.folder, ...args)).toEqual({ status: 2, stdout: "", stderr });
  });
});
