import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import { expect, it, onTestFinished } from "vitest";
import { LocalCloudFront } from "../../src/index.ts";
import { attachDebugger, type Params, type WorkerSession } from "../support/debug-session.ts";
import { distributionTemplate } from "../support/distribution-template.ts";
import { runCommand, type RunningCommand } from "../support/run-command.ts";
import {
  greetingLine,
  typescriptFunction,
  type TypeScriptFunction,
} from "../support/typescript-function.ts";

const timeoutSeconds = 1;

/** A template with a function in TypeScript, which has a second to answer. */
function templateWith({ assetFolder, mapFolder }: TypeScriptFunction): string {
  const folder = mkdtempSync(join(tmpdir(), "debugger-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const template = join(folder, "template.json");
  const greet = {
    source: "",
    properties: { Code: assetFolder, Timeout: timeoutSeconds },
    ...(mapFolder && { metadata: { "cf-edge:source-maps": { path: mapFolder } } }),
  };
  const distribution = distributionTemplate({ functions: { "viewer-request": greet } }, "custom");
  writeFileSync(template, JSON.stringify(distribution));
  return template;
}

function startCommand(greeting: TypeScriptFunction): Promise<RunningCommand> {
  return runCommand([templateWith(greeting), "--log", "json", "--inspect=0"]);
}

interface Pause {
  readonly callFrameId: string;
  /** Where the function stands, by its source map. */
  readonly source: string;
  readonly line: number | null;
}

interface MappedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
}

/** Waits until the thread has loaded the function's code. */
async function mappedScript(worker: WorkerSession): Promise<MappedScript> {
  for (;;) {
    const script = (await worker.event("Debugger.scriptParsed")) as Params & MappedScript;
    if (script.url.endsWith("/task/index.js")) return script;
  }
}

/**
 * Does what an editor does with a breakpoint: it sets it where the source map of the code says that the
 * line is.
 */
async function setBreakpoint(worker: WorkerSession, sourceFile: string, line: number) {
  await worker.send("Debugger.enable");
  const script = await mappedScript(worker);
  const mapUrl = new URL(script.sourceMapURL, script.url);
  const map = new TraceMap(readFileSync(mapUrl, "utf8"), mapUrl.href);
  const source = pathToFileURL(sourceFile).href;
  const { line: generatedLine, column: columnNumber } = generatedPositionFor(map, {
    source,
    line,
    column: 0,
    bias: LEAST_UPPER_BOUND,
  });
  const { scriptId } = script;
  const location = { scriptId, lineNumber: (generatedLine ?? 0) - 1, columnNumber };
  await worker.send("Debugger.setBreakpoint", { location });
  return map;
}

/** Waits until the function stands at a breakpoint. */
async function paused(worker: WorkerSession, map: TraceMap): Promise<Pause> {
  const { callFrames } = (await worker.event("Debugger.paused")) as {
    callFrames: [{ callFrameId: string; location: { lineNumber: number; columnNumber: number } }];
  };
  const [{ callFrameId, location }] = callFrames;
  const generated = { line: location.lineNumber + 1, column: location.columnNumber };
  const { source, line } = originalPositionFor(map, generated);
  return { callFrameId, source: fileURLToPath(source ?? ""), line };
}

/** The time of the thread, in milliseconds, while it stands at a breakpoint. */
async function timeOf(worker: WorkerSession, { callFrameId }: Pause): Promise<number> {
  const expression = "performance.now()";
  const { result } = await worker.send("Debugger.evaluateOnCallFrame", { callFrameId, expression });
  return (result as { value: number }).value;
}

async function debuggerUrlOf({ line }: RunningCommand): Promise<string> {
  const ready = JSON.parse(await line((text) => text.includes('"event":"ready"')));
  return ready.debugger;
}

/** Starts the command, lets its function load, and sets a breakpoint at the line that returns. */
async function commandWithBreakpoint() {
  const greeting = typescriptFunction("external");
  const command = await startCommand(greeting);
  expect((await fetch(`${command.url}/first`)).status).toBe(200);
  const session = await attachDebugger(await debuggerUrlOf(command));
  const worker = await session.worker();
  const line = greetingLine("return");
  const map = await setBreakpoint(worker, greeting.sourceFile, line);
  return { command, worker, map, place: { source: greeting.sourceFile, line } };
}

it("a breakpoint in a TypeScript file stops the function, which has no timeout meanwhile", async () => {
  const { command, worker, map, place } = await commandWithBreakpoint();
  const answer = fetch(`${command.url}/Ada`);
  const pause = await paused(worker, map);
  expect(pause).toMatchObject(place);
  const pausedAtMs = await timeOf(worker, pause);
  while ((await timeOf(worker, pause)) < pausedAtMs + 2000 * timeoutSeconds);
  await worker.send("Debugger.resume");
  const response = await answer;
  expect([response.status, await response.text()]).toEqual([200, "Hello Ada!"]);
});

it("a function that stands at a breakpoint does not keep the command from its end", async () => {
  const { command, worker, map } = await commandWithBreakpoint();
  const answered = Promise.allSettled([fetch(`${command.url}/Ada`)]);
  await paused(worker, map);
  expect(await command.end()).toBe(0);
  await answered;
});

it("a debugger that cannot listen is one sentence, and nothing is served", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const assembly = templateWith(typescriptFunction("external"));
  const start = LocalCloudFront.start({ assembly, port: 0, debugger: { port } });
  await expect(start).rejects.toThrow(
    `Debugger cannot listen: got --inspect=127.0.0.1:${port}. Pass another address, as in --inspect=9230; port 0 takes a free one.`,
  );
});

it.each([
  ["that its metadata names", "external"],
  ["in its asset", "linked"],
] as const)(
  "the stack of a function with a source map %s names the TypeScript line",
  async (_where, sourcemap) => {
    const greeting = typescriptFunction(sourcemap);
    const assembly = templateWith(greeting);
    const cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
    onTestFinished(() => cloudfront.close());
    expect((await cloudfront.fetch("/boom")).status).toBe(503);
    const [step] = cloudfront.traces()[0]?.steps.filter((each) => "run" in each) ?? [];
    const place = `${greeting.sourceFile}:${greetingLine("throw")}:11`;
    expect(step?.failure?.stack).toContain(place);
    const logged = step?.run.logLines.find((line) => line.includes("Invoke Error"));
    expect(logged).toContain(JSON.stringify(place).slice(1, -1));
  },
);
