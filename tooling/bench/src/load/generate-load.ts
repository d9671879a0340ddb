import { connect, type Socket } from "node:net";
import { parseArgs } from "node:util";

// A load generator in a process of its own: HTTP/1.1 over connections that stay open, one request
// at a time on each. It reads no more of an answer than its status and where it ends, so that the
// server is the bottleneck. Writes what it measured as one JSON object.

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    path: { type: "string", default: "/" },
    connections: { type: "string", default: "10" },
    seconds: { type: "string", default: "2" },
    warmUpMs: { type: "string", default: "0" },
    requests: { type: "string" },
    objects: { type: "string" },
  },
});

const headEnd = Buffer.from("\r\n\r\n");
const warmUpMs = Number(values.warmUpMs);
let latenciesMs: number[] = [];
const most = values.requests === undefined ? Number.POSITIVE_INFINITY : Number(values.requests);
const objects = Number(values.objects ?? Number.MAX_SAFE_INTEGER);
let sent = 0;
let answered = 0;
let failed = 0;
let isOver = false;
let endedMs = 0;

let startedMs = performance.now();
// What V8 has not compiled yet of this program makes its first answers look late.
if (warmUpMs > 0) setTimeout(countAnew, warmUpMs);
if (values.requests === undefined) setTimeout(end, warmUpMs + Number(values.seconds) * 1000);
for (let number = 0; number < Number(values.connections); number += 1) openConnection();

function openConnection(): void {
  const socket = connect({ host: "127.0.0.1", port: Number(values.port), noDelay: true });
  let sentMs = 0;
  let rest: Buffer | undefined;
  /** Bytes of the current answer's body that have not come yet; undefined before its head has. */
  let missing: number | undefined;
  const send = (): void => {
    if (isOver || sent >= most) {
      socket.destroy();
      return;
    }
    sent += 1;
    sentMs = performance.now();
    socket.write(request(sent), "latin1");
  };
  socket.on("connect", send);
  socket.on("error", (error) => {
    throw error;
  });
  socket.on("data", (chunk: Buffer) => {
    let bytes = chunk;
    if (missing === undefined) {
      if (rest !== undefined) bytes = Buffer.concat([rest, chunk]);
      const at = bytes.indexOf(headEnd);
      rest = at === -1 ? bytes : undefined;
      if (at === -1) return;
      const head = bytes.toString("latin1", 0, at);
      if (!head.startsWith("HTTP/1.1 200")) failed += 1;
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      missing = Number(length) - (bytes.length - at - headEnd.length);
    } else {
      missing -= bytes.length;
    }
    if (missing === 0) {
      missing = undefined;
      finish(socket, sentMs, send);
    } else if (!(missing > 0)) {
      throw new Error("The server's answer has no usable Content-Length.");
    }
  });
}

/** The sign `#` in the path stands for the request's number, or for one of so many objects. */
function request(number: number): string {
  const path = (values.path ?? "/").replace("#", String(number % objects));
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: text/html\r\n\r\n`;
}

function finish(socket: Socket, sentMs: number, send: () => void): void {
  const nowMs = performance.now();
  latenciesMs.push(nowMs - sentMs);
  answered += 1;
  if (answered === most) end();
  else if (socket.readable) send();
}

function countAnew(): void {
  latenciesMs = [];
  startedMs = performance.now();
}

function end(): void {
  if (isOver) return;
  isOver = true;
  endedMs = performance.now();
  const sorted = Float64Array.from(latenciesMs).sort();
  const percentile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const found = {
    requestsPerSecond: (latenciesMs.length / (endedMs - startedMs)) * 1000,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    answered,
    failed,
  };
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
}
