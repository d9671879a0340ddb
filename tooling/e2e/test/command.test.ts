import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { cloudAssemblyPath } from "../src/cloud-assembly-path.ts";

const binary = fileURLToPath(new URL("../node_modules/.bin/local-cloudfront", import.meta.url));

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

function start(...args: string[]): ChildProcess & { stdout: NonNullable<ChildProcess["stdout"]> } {
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  return child;
}

async function firstLineMatching(
  child: ReturnType<typeof start>,
  pattern: RegExp,
): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    if (pattern.test(line)) return line;
  }
  throw new Error(`no line matched ${pattern}`);
}

async function outcome(...args: string[]): Promise<{ status: number; stderr: string }> {
  const child = start(...args);
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, "close")) as [number];
  return { status, stderr };
}

describe("local-cloudfront, the command", () => {
  it("--log json: the first line is the ready event, and SIGTERM ends it with status 0", async () => {
    const child = start(cloudAssemblyPath, "--port", "0", "--log", "json");
    const ready = JSON.parse(await firstLineMatching(child, /./)) as {
      event: string;
      url: string;
      functions: { eventType: string; name: string; version: string }[];
    };
    expect(ready.event).toBe("ready");
    expect(ready.functions.map(({ name, eventType }) => `${eventType} ${name}`)).toEqual(
      expect.arrayContaining([
        "viewer-request spa-rewrite",
        "origin-request secret-redirect",
        "viewer-response security-headers",
      ]),
    );
    expect((await fetch(`${ready.url}/notes/1`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("--log pretty: one line ends in the URL", async () => {
    const child = start(cloudAssemblyPath, "--port", "0");
    const line = await firstLineMatching(child, /http:\/\/127\.0\.0\.1:\d+$/);
    const url = /http:\S+$/.exec(line)?.[0] ?? "";
    expect((await fetch(url)).status).toBe(200);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("a port in use gets one clear sentence and status 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = await outcome(cloudAssemblyPath, "--port", String(port));
    taken.close();
    expect(status).toBe(1);
    expect(stderr.replaceAll(String(port), "PORT")).toMatchInlineSnapshot(`
      "Port is in use: got --port PORT on 127.0.0.1. Stop what listens there, or pass --port 0 for a free one.
      "
    `);
  });

  it.each([
    [["nowhere/cdk.out"], 1],
    [["--nonsense"], 1],
    [["x", "--port", "eighty"], 1],
    [["x", "--log", "xml"], 1],
    [["x", "--origin", "nonsense"], 1],
    [[], 1],
  ])("bad input %j gets a clear message, no stack, and status %i", async (args, expected) => {
    const { status, stderr } = await outcome(...args);
    expect(status).toBe(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).toMatchSnapshot();
  });
});
