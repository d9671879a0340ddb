import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileEdgeAuth, explainEdgeAuth } from "edge-auth";
import { afterAll, describe, expect, it } from "vitest";

const bin = `${import.meta.dirname}/../bin/edge-auth.js`;
const folder = mkdtempSync(join(tmpdir(), "edge-auth-"));
afterAll(() => rmSync(folder, { recursive: true }));
const options = join(folder, "options.json");

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

const authorization = `Basic ${Buffer.from("ada:correct horse battery").toString("base64")}`;

describe("edge-auth hash", () => {
  it("prints what stands in the options in place of the password, another each time", async () => {
    const { status, stdout, stderr } = await run(["hash", "ada"], "correct horse battery\n");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const compiled = compileEdgeAuth({ rules: [{ basic: { users: { ada: stdout.trim() } } }] });
    const headers = { authorization: [{ key: "Authorization", value: authorization }] };
    expect(explainEdgeAuth(compiled, { uri: "/", headers })).toMatchObject({ status: 200 });
    expect((await run(["hash", "ada"], "correct horse battery\n")).stdout).not.toBe(stdout);
  });

  it("refuses a short one with a way to make a better one", async () => {
    expect(await run(["hash", "ada"], "hunter2")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "The password is too short: got 7 characters. Pipe one of 12 at least, as in: openssl rand -base64 18 | edge-auth hash ada\n",
    });
  });
});

describe("edge-auth explain", () => {
  it("says which rule decides, and why", async () => {
    const rules = [
      { pathPatterns: ["/admin/*"], basic: { users: { ada: "correct horse battery" } } },
    ];
    writeFileSync(options, JSON.stringify({ rules }));
    const explain = (...args: string[]) => run(["explain", ...args, "--options", options]);
    expect((await explain("/")).stdout).toBe("passes: No rule protects /: it is open.\n");
    expect((await explain("//admin/a")).stdout).toBe("401: rules[0] refuses it: no credentials.\n");
    const header = ["--header", `Authorization: ${authorization}`];
    expect((await explain("/admin/", ...header)).stdout).toBe("passes: rules[0] lets it pass.\n");
    expect(JSON.parse((await explain("/admin/", ...header, "--json")).stdout)).toEqual({
      rule: "rules[0]",
      status: 200,
      reason: "rules[0] lets it pass.",
    });
  });

  it("says of keys at an issuer that it does not fetch them", () => {
    const token = { issuer: "i", audience: "a", jwksUrl: "https://x.example/jwks.json" };
    const explained = explainEdgeAuth(compileEdgeAuth({ rules: [{ token }] }), { uri: "/" });
    expect(explained).toMatchObject({
      status: 401,
      reason: expect.stringContaining("https://x.example/jwks.json has signed, which is fetched"),
    });
  });

  it("tells a mistake in the options in one line", async () => {
    writeFileSync(options, '{"rules":[{"basik":{}}]}');
    expect(await run(["explain", "/", "--options", options])).toEqual({
      status: 1,
      stdout: "",
      stderr: "rules[0].basik is not an option: got {}. Did you mean basic?\n",
    });
  });
});
