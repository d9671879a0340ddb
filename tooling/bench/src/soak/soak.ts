import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hostileTemplate } from "./hostile-template.ts";
import { processUsage, type ProcessUsage } from "./process-usage.ts";
import { requestKinds, type RequestKind, type Target } from "./requests.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    connections: { type: "string", default: "50" },
    settle: { type: "string", default: "75" },
  },
});
const total = Number(values.requests);
const warmUp = Math.min(10_000, Math.floor(total / 2));

/** How much more memory than after the warm-up is allowed at the end. */
const allowedGrowth = 1.2;
/** Idle execution environments end after a minute; what is left over is counted when they have. */
const settleMs = Number(values.settle) * 1000;

const folder = mkdtempSync(join(tmpdir(), "soak-"));
const origin = await startOrigin();
const child = spawn(
  fileURLToPath(new URL("../../node_modules/.bin/local-cloudfront", import.meta.url)),
  [
    writeTemplate(),
    "--port=0",
    "--log=json",
    `--origin=site=http://127.0.0.1:${(origin.address() as AddressInfo).port}`,
  ],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const exited = once(child, "exit");
const lines = createInterface({ input: child.stdout });
const [readyLine] = (await once(lines, "line")) as [string];
const failures = new Map<string, number>();
lines.on("line", countFailures);
const { url } = JSON.parse(readyLine) as { url: string };
const pid = child.pid ?? 0;
const target: Target = {
  port: Number(new URL(url).port),
  agent: new Agent({ keepAlive: true, maxSockets: Number(values.connections) }),
};

const random = mulberry32(Number(values.seed));
const wrong = new Map<string, number>();
const sent = new Map<string, number>();

print(`Soak: ${total} requests over ${values.connections} connections to ${url}`);
const atStart = processUsage(pid);
await sendRequests(0, warmUp);
await delay(settleMs);
const afterWarmUp = processUsage(pid);
printUsage(`after ${warmUp}`, afterWarmUp);
const step = Math.max(1, Math.floor((total - warmUp) / 9));
for (let from = warmUp; from < total; from += step) {
  await sendRequests(from, Math.min(total, from + step));
  printUsage(`after ${Math.min(total, from + step)}`, processUsage(pid));
}
await delay(settleMs);
const atEnd = processUsage(pid);
printUsage("settled", atEnd);

child.kill("SIGTERM");
const [status] = (await exited) as [number | null];
origin.close();
origin.closeAllConnections();
target.agent.destroy();
rmSync(folder, { recursive: true });

for (const [name, count] of sent) print(`${name.padEnd(12)} ${count}`);
const problems = [
  ...[...wrong].map(([what, count]) => `${count} x ${what}`),
  ...(atEnd.residentMb > afterWarmUp.residentMb * allowedGrowth
    ? [`memory grew from ${afterWarmUp.residentMb.toFixed(0)} to ${atEnd.residentMb.toFixed(0)} MB`]
    : []),
  ...(atEnd.threads > afterWarmUp.threads
    ? [`threads grew from ${afterWarmUp.threads} to ${atEnd.threads}`]
    : []),
  ...(status === 0 ? [] : [`it ended with status ${status}`]),
];
for (const problem of problems) print(`PROBLEM ${problem}`);
if (problems.length > 0) {
  for (const [failure, count] of failures) print(`${count} x ${failure}`);
}
print(problems.length === 0 ? "Soak passed." : "Soak failed.");
print(
  `memory ${atStart.residentMb.toFixed(0)} MB at start, ${(atEnd.residentMb / afterWarmUp.residentMb).toFixed(2)} x after the warm-up`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Counts what the log says of functions that failed: where a request went wrong, it says why. */
function countFailures(line: string): void {
  const entry = JSON.parse(line) as {
    functions?: { name: string; failure?: { detail: string; factId: string } }[];
  };
  for (const { name, failure } of entry.functions ?? []) {
    if (failure === undefined) continue;
    const key = `${name}: ${failure.detail.slice(0, 120)} (${failure.factId})`;
    failures.set(key, (failures.get(key) ?? 0) + 1);
  }
}

async function sendRequests(from: number, to: number): Promise<void> {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < to) {
      const number = next;
      next += 1;
      await sendOne(number);
    }
  };
  await Promise.all(Array.from({ length: Number(values.connections) }, worker));
}

async function sendOne(number: number): Promise<void> {
  const kind = pick(random());
  sent.set(kind.name, (sent.get(kind.name) ?? 0) + 1);
  const problem = await kind.send(target, number).catch((error: Error) => error.message);
  if (problem === undefined) return;
  const key = `${kind.name}: ${problem}`;
  wrong.set(key, (wrong.get(key) ?? 0) + 1);
}

function pick(share: number): RequestKind {
  const sum = requestKinds.reduce((weights, { weight }) => weights + weight, 0);
  let rest = share * sum;
  for (const kind of requestKinds) {
    rest -= kind.weight;
    if (rest < 0) return kind;
  }
  throw new RangeError(`Share must be below 1: got ${share}.`);
}

/** A small generator of even random numbers below 1, the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function writeTemplate(): string {
  const file = join(folder, "template.json");
  writeFileSync(file, JSON.stringify(hostileTemplate()));
  return file;
}

async function startOrigin(): Promise<Server> {
  const server = createServer((request, response) => {
    const isMissing = request.url?.startsWith("/missing") === true;
    response.writeHead(isMissing ? 404 : 200, { "content-type": "text/html" });
    response.end(request.url?.startsWith("/data") === true ? "data" : "<h1>soak</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function printUsage(when: string, { residentMb, threads }: ProcessUsage): void {
  print(
    `${when.padEnd(14)} ${residentMb.toFixed(0).padStart(5)} MB ${String(threads).padStart(4)} threads`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
