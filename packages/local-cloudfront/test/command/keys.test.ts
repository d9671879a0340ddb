import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { command } from "../support/command.ts";
import { distributionTemplate, originId } from "../support/distribution-template.ts";

/**
 * Runs the command in a terminal of its own, with a browser that hands over the address that it is
 * given; resolves when keys can be pressed.
 */
async function inTerminal(...more: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const template = join(folder, "template.json");
  writeFileSync(template, JSON.stringify(distributionTemplate({}, "s3")));
  const opened = join(folder, "opened");
  execFileSync("mkfifo", [opened]);
  const browser = join(folder, "browser");
  writeFileSync(browser, `#!/bin/sh\necho "$1" > ${opened}\n`, { mode: 0o755 });
  const words = [process.execPath, command, template, "--port", "0", "--no-inspector", ...more];
  const program = [...words, "--origin", `${originId}=${folder}`].join(" ");
  const child = spawn("script", ["--quiet", "--return", "--command", program, "/dev/null"], {
    // Nothing of the desktop, which has a browser of its own.
    env: { PATH: process.env["PATH"], HOME: folder, BROWSER: browser, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  let screen = "";
  child.stdout.on("data", (chunk: Buffer) => (screen += chunk.toString()));
  const shown = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(screen);
      if (found !== null) return found[0];
      await once(child.stdout, "data");
    }
  };
  await shown(/o opens it/);
  return {
    url: await shown(/http:\/\/[\d.:]+/),
    press: (key: string) => child.stdin.write(key),
    shown,
    /** The address that the browser is given next. */
    opened: async () => (await readFile(opened, "utf8")).trim(),
    /** The exit status, when it has ended. */
    status: async () => (await exited)[0] as number | null,
  };
}

// The programs that it takes come with every Linux.
describe.skipIf(process.platform !== "linux")("a key in the terminal", () => {
  it("o opens the page in the browser", async () => {
    const { url, press, opened } = await inTerminal();
    press("o");
    expect(await opened()).toBe(url);
  });

  it("is not needed with --open", async () => {
    const { url, opened } = await inTerminal("--open");
    expect(await opened()).toBe(url);
  });

  it("i invalidates, and q ends with status 0", async () => {
    const { press, shown, status } = await inTerminal();
    press("i");
    await shown(/Invalidated/);
    press("q");
    expect(await status()).toBe(0);
  });
});
