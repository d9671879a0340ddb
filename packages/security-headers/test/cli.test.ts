import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const bin = join(import.meta.dirname, "..", "bin", "security-headers.js");

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "security-headers-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

describe("security-headers", () => {
  it("explain says which rule decides, why, and the headers", async () => {
    const options = { pathOverrides: [{ pathPattern: "/embed/*", xFrameOptions: false }] };
    const folder = await folderWith({ "options.json": JSON.stringify(options) });
    const { stdout } = await run("explain", "/embed/a", "--options", join(folder, "options.json"));
    expect(stdout).toMatch(/^\/embed\/\*: "\/embed\/a" matches the path pattern "\/embed\/\*"\.\n/);
    expect(stdout).toContain("  X-Content-Type-Options: nosniff\n");
    expect(stdout).not.toContain("X-Frame-Options");
  });

  it("integrity, then scorecard: a built site earns its points", async () => {
    const site = await folderWith({ "index.html": '<script src="/a.js"></script>', "a.js": "a" });
    const own = await folderWith({ "options.json": '{"preset":"spa"}' });
    expect((await run("integrity", site)).stdout).toBe("/index.html\n");
    expect(await readFile(join(site, "index.html"), "utf8")).toContain("integrity=");
    expect((await run("integrity", site)).stdout).toBe("Nothing to change.\n");
    const options = ["--options", join(own, "options.json")];
    const { stdout } = await run("scorecard", "--site", site, ...options);
    expect(stdout).toMatch(
      /^MDN Observatory 135 \(A\+\)\ncsp_evaluator 0 findings\nOWASP 14 of 15\n/,
    );
  });

  it("scorecard fails below --min-score", async () => {
    const { status, stderr } = await run("scorecard", "--min-score", "130");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^The security headers are too weak: Observatory gives 115 points of 130\.\n/,
    );
  });

  it.each([
    [["nosuch"], /^Unknown command 'nosuch': security-headers --help lists the options\.\n$/],
    [
      ["explain"],
      /^Missing required argument 'uri': security-headers --help lists the options\.\n$/,
    ],
    [
      ["scorecard", "--nosuch"],
      /^Unknown option '--nosuch': security-headers --help lists the options\.\n$/,
    ],
    [
      ["scorecard", "--options", "/nosuch.json"],
      /^--options cannot be read: got "\/nosuch\.json"\. Give the path of a file, relative to where the command runs\.\n$/,
    ],
  ])("%j is told in a line or two, without a stack", async (args, message) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
