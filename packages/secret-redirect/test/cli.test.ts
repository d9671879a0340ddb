import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const bin = `${import.meta.dirname}/../bin/secret-redirect.js`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "secret-redirect-"));
  await writeFile(
    join(folder, "options.json"),
    '{"location":"/hidden","rules":[{"from":"/a/:x","to":"/b/:x","conditions":{"country":"DE"}}]}',
  );
  await writeFile(join(folder, "_redirects"), "/old /new 301\n");
  await mkdir(join(folder, "mixed"));
  await writeFile(join(folder, "mixed/_redirects"), "/app/* /index.html 200\n/old /new\n");
  await writeFile(join(folder, "wrong.csv"), "/old,/new\n/x,y\n");
});

afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe("secret-redirect explain", () => {
  it("tells rule, reason and result", async () => {
    expect(await run("explain", "/%73ecret", "--options", "options.json")).toEqual({
      status: 0,
      stderr: "",
      stdout: `rule     "/secret"
reason   "/secret" is the first rule that matches /secret.
result   302 /hidden (public, max-age=0, s-maxage=60)
`,
    });
  });

  it("reads a file of redirects", async () => {
    const { stdout } = await run("explain", "/old?a=b", "--rules", "_redirects");
    expect(stdout).toContain('rule     "/old" (_redirects:1)');
    expect(stdout).toContain("result   301 /new?a=b (public, max-age=86400)");
  });

  it("says what a file of redirects holds beside them", async () => {
    const { stdout, stderr } = await run("explain", "/old", "--rules", "mixed/_redirects");
    expect(stdout).toContain('rule     "/old" (mixed/_redirects:2)');
    expect(stderr).toMatch(
      /^left out mixed\/_redirects:1: A rewrite is not a redirect: got "200"\./,
    );
  });

  it("takes headers, and tells as JSON", async () => {
    const { stdout } = await run(
      "explain",
      "/a/1",
      "--options",
      "options.json",
      "--header",
      "CloudFront-Viewer-Country: DE",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ rule: { index: 1 }, result: { location: "/b/1" } });
  });

  it("tells what a rule that does not answer asks for", async () => {
    expect((await run("explain", "/a/1", "--options", "options.json")).stdout)
      .toBe(`skipped  "/a/:x": It asks for the header cloudfront-viewer-country to be "DE".
rule     none
reason   The rules that match /a/1 ask for more than the request has: it passes untouched.
result   passes untouched
`);
  });

  it.each([
    [["explain"], "Missing required argument 'uri': secret-redirect --help lists the options.\n"],
    [
      ["explain", "/", "--option", "options.json"],
      "Unknown option '--option': did you mean --options?\n",
    ],
    [
      ["explain", "/", "--options", "none.json"],
      '--options cannot be read: got "none.json". Give the path of a file, relative to where the command runs.\n',
    ],
    [
      ["explain", "/", "--rules", "_redirects", "--format", "yaml"],
      "Option '--format <name>' argument 'yaml' is invalid. Allowed choices are json, csv, netlify-redirects, cloudflare-redirects, netlify-toml, vercel-json, firebase-json.\n",
    ],
    [
      ["explain", "/", "--rules", "wrong.csv"],
      'wrong.csv:2: rule.to is not valid: got "y". Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded.\n',
    ],
  ])("ends with one clear message: %j", async (args, stderr) => {
    expect(await run(...args)).toEqual({ status: 1, stdout: "", stderr });
  });
});
