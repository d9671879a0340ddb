import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../support/run-command.ts";

const assembly = join(import.meta.dirname, "../fixtures/spa-assembly");

/** Starts the command, and returns its ready line with what ends it. */
async function startCommand(...args: readonly string[]) {
  const { lines, end } = await runCommand([assembly, "--log", "json", ...args]);
  return { ready: JSON.parse(lines[0] ?? "") as Readonly<Record<string, unknown>>, end };
}

/** Returns a port that nothing listens on, of those that the system gives to nobody by itself. */
async function freePort(): Promise<string> {
  for (;;) {
    const server = createServer().listen(randomInt(10_000, 30_000), "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return String(port);
  }
}

describe("the command's inspector", () => {
  it("is on, and the ready line carries it", async () => {
    const { ready, end } = await startCommand();
    expect((await fetch(`${String(ready["inspector"])}/api/served`)).status).toBe(200);
    expect(await end()).toBe(0);
  });

  it("is named at start, on a line that does not end in its URL as that of viewers does", async () => {
    const { line, lines, end } = await runCommand([assembly]);
    await line((text) => text.includes("Inspector on http://127.0.0.1:"));
    expect(lines.filter((text) => /http:\/\/\S+$/.test(text))).toHaveLength(1);
    expect(await end()).toBe(0);
  });

  it("is off with --no-inspector", async () => {
    const { ready, end } = await startCommand("--no-inspector");
    expect(ready).not.toHaveProperty("inspector");
    expect(await end()).toBe(0);
  });

  it("listens on the port that --inspector-port names", async () => {
    const port = await freePort();
    const { ready, end } = await startCommand("--inspector-port", port);
    expect(ready["inspector"]).toBe(`http://127.0.0.1:${port}`);
    expect(await end()).toBe(0);
  });

  it("takes a free port where its usual one, 8788, is another program's", async () => {
    const taken = createServer();
    onTestFinished(() => void taken.close());
    // Where another program has it already, it is taken all the same.
    await new Promise<void>((resolve) => {
      taken.once("error", () => resolve()).listen(8788, "127.0.0.1", () => resolve());
    });
    const { ready, end } = await startCommand("--port", await freePort());
    expect(ready["inspector"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ready["inspector"]).not.toBe("http://127.0.0.1:8788");
    expect(await end()).toBe(0);
  });
});
