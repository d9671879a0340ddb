import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { runHere } from "vitest-config/run-here";
import { runCommandLine } from "../../src/command/run-command-line.ts";
import { command } from "../support/command.ts";
import { answerWithEvent } from "../support/function-sources.ts";
import {
  distributionTemplate,
  originId,
  type TestDistribution,
} from "../support/distribution-template.ts";

interface Line {
  readonly event: string;
  readonly url?: string;
  readonly status?: number;
  readonly detailedResultType?: string;
}

interface RunningCommand {
  readonly child: ChildProcess;
  readonly url: string;
  /** The lines of its log so far. */
  readonly lines: readonly Line[];
  /** Ends it with a signal and returns the exit status. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

function spawnCommand(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [command, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Takes the place of `--port 0`. */
const takesUsualPort = "";

/** Runs the command on a template of the test's own until it is ready. */
async function runCommand(
  distribution: TestDistribution,
  ...args: readonly string[]
): Promise<RunningCommand> {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "a.html"), "<h1>a</h1>");
  const template = join(folder, "template.json");
  writeFileSync(template, JSON.stringify(distributionTemplate(distribution, "s3")));
  const origin = `${originId}=${folder}`;
  const port = args.includes(takesUsualPort) ? [] : ["--port", "0"];
  const more = args.filter((arg) => arg !== takesUsualPort);
  const child = spawnCommand([template, ...port, "--log", "json", "--origin", origin, ...more]);
  const lines: Line[] = [];
  if (child.stdout === null) throw new Error("the output is a pipe");
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => lines.push(JSON.parse(line) as Line));
  await once(output, "line");
  return {
    child,
    url: lines[0]?.url ?? "",
    lines,
    end: async (signal) => {
      const closed = once(child, "close") as Promise<[number | null]>;
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

interface CommandOutcome {
  readonly status: unknown;
  readonly stderr: string;
}

/** Runs what does not come to serve, in this process. */
async function outcomeOf(...args: readonly string[]): Promise<CommandOutcome> {
  const { status, stderr } = await runHere(tmpdir(), () => runCommandLine(args));
  return { status, stderr };
}

async function outcomeOfProcess(...args: readonly string[]): Promise<CommandOutcome> {
  const child = spawnCommand(args);
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, "close")) as [unknown];
  return { status, stderr };
}

const throwing = "exports.handler = async () => { throw new Error('no'); };";

describe("--strict", () => {
  it("makes the exit status 1 after a function has failed", async () => {
    const { url, end } = await runCommand(
      { functions: { "viewer-request": throwing } },
      "--strict",
    );
    expect((await fetch(`${url}/a.html`)).status).toBe(503);
    expect(await end("SIGTERM")).toBe(1);
  });

  it("leaves it 0 where none has, whatever else went wrong", async () => {
    const { url, end } = await runCommand({}, "--strict");
    expect((await fetch(`${url}/missing`)).status).toBe(404);
    expect(await end("SIGINT")).toBe(0);
  });

  it("left out, a function may fail", async () => {
    const { url, end } = await runCommand({ functions: { "viewer-request": throwing } });
    expect((await fetch(`${url}/a.html`)).status).toBe(503);
    expect(await end("SIGTERM")).toBe(0);
  });
});

describe("SIGTERM", () => {
  it("ends the command with status 0 while a function is stuck in native code", async () => {
    const stuck = `exports.handler = async () => {
      require("node:child_process").execFileSync("sleep", ["200"], { stdio: "ignore" });
    };`;
    const { url, end } = await runCommand({
      functions: { "viewer-request": { source: stuck, properties: { Timeout: 1 } } },
    });
    expect((await fetch(`${url}/a.html`)).status).toBe(503);
    expect(await end("SIGTERM")).toBe(0);
  });
});

describe("the port for viewers", () => {
  /** Takes a port, if nobody has it. */
  async function occupy(port: number): Promise<number> {
    const server = createServer();
    onTestFinished(() => void server.close());
    const listening = new Promise<void>((resolve) => {
      server.once("error", () => resolve());
      server.listen(port, "127.0.0.1", () => resolve());
    });
    await listening;
    return (server.address() as AddressInfo | null)?.port ?? port;
  }

  it("is the next free one where the usual one is taken, which one line says", async () => {
    await occupy(8787);
    const { url, lines } = await runCommand({}, takesUsualPort);
    const { port } = new URL(url);
    expect(Number(port)).toBeGreaterThan(8788);
    await expect
      .poll(() => lines.at(-1))
      .toEqual({
        event: "notice",
        message: `Port 8787 is in use: took ${port}, the next free one.`,
      });
    expect((await fetch(`${url}/a.html`)).status).toBe(200);
  });

  it("is a mistake where one is named that is taken, by -p, too", async () => {
    const port = await occupy(0);
    const template = join(mkdtempSync(join(tmpdir(), "command-")), "template.json");
    writeFileSync(template, JSON.stringify(distributionTemplate({}, "s3")));
    const named = [template, "--origin", `${originId}=${tmpdir()}`, "--no-inspector"];
    const { status, stderr } = await outcomeOfProcess(...named, "-p", String(port));
    expect([status, stderr]).toEqual([
      1,
      `Port is in use: got --port ${port} on 127.0.0.1. Stop what listens there, or pass --port 0 for a free one.\n`,
    ]);
  });
});

describe("--access-log", () => {
  it("writes a line for each request, all of them when the command ends", async () => {
    const folder = mkdtempSync(join(tmpdir(), "command-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "access.log");
    const { url, lines, end } = await runCommand({}, "--access-log", file);
    await (await fetch(`${url}/a.html`)).text();
    await (await fetch(`${url}/missing`)).text();
    expect(await end("SIGTERM")).toBe(0);
    const logged = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(logged.map((line) => line.split("\t")[7])).toEqual([
      undefined,
      undefined,
      "/a.html",
      "/missing",
    ]);
    expect(lines.slice(1)).toMatchObject([
      { event: "request", status: 200, detailedResultType: "Miss" },
      { event: "request", status: 404, detailedResultType: "Error" },
    ]);
  });

  it("in a folder that does not exist is one sentence and status 1", async () => {
    const outcome = await outcomeOf(...templateArguments(), "--access-log", "/nowhere/access.log");
    expect(outcome).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "Access log cannot be opened: got --access-log "/nowhere/access.log" (ENOENT). Pass a file in a folder that exists and may be written to.
      ",
      }
    `);
  });
});

describe("a mistake in the options", () => {
  it.each([
    [[], "Missing required argument 'assembly': local-cloudfront --help lists the options."],
    [["a", "b"], "Too many arguments. Expected 1 argument but got 2."],
    [["a", "--prot", "1"], "Unknown option '--prot': did you mean --port?"],
    [["a", "--nothing"], "Unknown option '--nothing': local-cloudfront --help lists the options."],
    [
      ["a", "--port", "x"],
      "Option '-p, --port <number>' argument 'x' is invalid. Pass a whole number from 0 to 65535; 0 takes a free port.",
    ],
    [
      ["a", "--log", "x"],
      "Option '--log <format>' argument 'x' is invalid. Allowed choices are pretty, json.",
    ],
    [
      ["a", "--port"],
      "Option '-p, --port <number>' argument missing: local-cloudfront --help lists the options.",
    ],
  ])("%j is one line and status 1", async (args, line) => {
    expect(await outcomeOf(...args)).toEqual({ status: 1, stderr: `${line}\n` });
  });
});

describe("--viewer", () => {
  it("says who viewers are to CloudFront", async () => {
    const { url } = await runCommand(
      {
        functions: { "origin-request": answerWithEvent },
        originRequestPolicy: {
          HeadersConfig: {
            HeaderBehavior: "whitelist",
            Headers: ["CloudFront-Viewer-Country", "CloudFront-Is-Mobile-Viewer"],
          },
        },
      },
      "--viewer",
      "country=JP,device=mobile",
    );
    const event = (await (await fetch(`${url}/a`)).json()) as {
      Records: [{ cf: { request: { headers: Record<string, [{ value: string }]> } } }];
    };
    const { headers } = event.Records[0].cf.request;
    expect(headers["cloudfront-viewer-country"]?.[0].value).toBe("JP");
    expect(headers["cloudfront-is-mobile-viewer"]?.[0].value).toBe("true");
  });

  it.each(["JP", "planet=Mars", "device=phone", "country=Japan"])(
    "%j is refused in one sentence, with status 1",
    async (viewer) => {
      const { status, stderr } = await outcomeOf(...templateArguments(), "--viewer", viewer);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^Viewer.*got ".*"\. .*\.\n$/);
    },
  );
});

describe("keys", () => {
  it("in a pipe do nothing: the command goes on", async () => {
    const { child, url, lines, end } = await runCommand({});
    child.stdin?.write("iq\u0003");
    expect((await fetch(`${url}/a.html`)).status).toBe(200);
    expect(lines.map(({ event }) => event)).not.toContain("invalidated");
    expect(await end("SIGTERM")).toBe(0);
  });
});

function templateArguments(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const template = join(folder, "template.json");
  writeFileSync(template, JSON.stringify(distributionTemplate({}, "s3")));
  return [template, "--port", "0", "--origin", `${originId}=${folder}`];
}
