import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const command = `${import.meta.dirname}/../bin/spa-rewrite.js`;

function run(...parameters: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...parameters], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "spa-rewrite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "site/docs"), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe("spa-rewrite explain", () => {
  it("prints which rule decides, why, and the result", () => {
    const folder = folderWith({ "options.json": '{"routes": ["/notes/:id"]}' });
    const { status, stdout } = run(
      "explain",
      "/notes/1?a=1",
      "--options",
      join(folder, "options.json"),
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      rule: "routes[0]",
      reason: 'The path matches "/notes/:id".',
      result: { kind: "rewrite", uri: "/index.html" },
    });
  });

  it("looks at the method and the headers", () => {
    const header = ["--header", "Accept: application/json"];
    expect(JSON.parse(run("explain", "/notes/1", ...header).stdout)).toHaveProperty(
      "rule",
      "accept",
    );
    expect(JSON.parse(run("explain", "/notes/1", "--method", "POST").stdout)).toHaveProperty(
      "rule",
      "method",
    );
  });

  it("reads the routes that a router emitted, and the files of the site", () => {
    const folder = folderWith({
      "routes.json": '[{"path": "/notes/:id"}]',
      "site/index.html": "",
      "site/docs/index.html": "",
    });
    const given = ["--routes", join(folder, "routes.json"), "--site", join(folder, "site")];
    expect(JSON.parse(run("explain", "/notes/1", ...given).stdout)).toHaveProperty(
      "rule",
      "routes[0]",
    );
    expect(JSON.parse(run("explain", "/docs", ...given).stdout)).toMatchObject({
      rule: "siteFiles",
      result: { kind: "rewrite", uri: "/docs/index.html" },
    });
  });

  it("says what is wrong in one sentence, with exit status 1", () => {
    const folder = folderWith({ "options.json": '{"routes": ["/:a-:b"]}', "text.json": "{" });
    const broken = run("explain", "/x", "--options", join(folder, "options.json"));
    expect(broken.status).toBe(1);
    expect(broken.stderr).toMatch(/^routes\[0\] is not linear in the path[^\n]*\n$/);
    expect(run("explain", "/x", "--options", join(folder, "text.json")).stderr).toMatch(
      /^[^\n]*not JSON[^\n]*\n$/,
    );
    expect(run("explain", "/x", "--options", join(folder, "none.json")).stderr).toMatch(
      /^[^\n]*cannot be read[^\n]*\n$/,
    );
    expect(run("explain").stderr).toBe(
      "Missing required argument 'uri': spa-rewrite --help lists the options.\n",
    );
    expect(run("explain", "/x", "--optoins", "x")).toEqual({
      status: 1,
      stdout: "",
      stderr: "Unknown option '--optoins': did you mean --options?\n",
    });
  });

  it.each(["--help", "-h"])("tells its options with %s", (option) => {
    expect(run("explain", option)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: spa-rewrite explain \[options\] <uri>/),
    });
  });
});
