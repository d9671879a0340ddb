import { connect, type Socket } from "node:net";
import { parseArgs } from "node:util";

// A load generator in a process of its own: HTTP/1.1 over connections that stay open, one request
// at a time on each. It reads no more of a response than its status and where it ends, so that the
// server is the bottleneck. Writes what it measured as one JSON object.

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    path: { type: "string", default: "/" },
    seconds: { type: "string", default: "2" },
    warmUpMs: { type: "string", default: "0" },
    requests: { type: "string" },
  },
});

const headEnd = Buffer.from("\r\n\r\n");
const warmUpMs = Number(values.warmUpMs);
const most = values.requests === undefined ? Number.POSITIVE_INFINITY : Number(values.requests);
const connections = 10;
let sent = 0;
/** All responses, and how many of them came before anything counted. */
let responses = 0;
let uncounted = 0;
let failed = 0;
let isOver = false;

let startedMs = performance.now();
// What V8 has not compiled yet of this program makes its first requests slow.
if (warmUpMs > 0) setTimeout(countAnew, warmUpMs);
if (values.requests === undefined) setTimeout(end, warmUpMs + Number(values.seconds) * 1000);
for (let number = 0; number < connections; number += 1) openConnection();

function openConnection(): void {
  const socket = connect({ host: "127.0.0.1", port: Number(values.port), noDelay: true });
  let rest: Buffer | undefined;
  /** Bytes of the current response's body that have not come yet; undefined before its head has. */
  let missing: number | undefined;
  const send = (): void => {
    if (isOver || sent >= most) {
      socket.destroy();
      return;
    }
    sent += 1;
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
      finish(socket, send);
    } else if (!(missing > 0)) {
      throw new Error("The server's response has no usable Content-Length.");
    }
  });
}

/** The sign `#` in the path stands for the request's number. */
function request(number: number): string {
  const path = (values.path ?? "/").replace("#", String(number));
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: text/html\r\n\r\n`;
}

function finish(socket: Socket, send: () => void): void {
  responses += 1;
  if (responses === most) end();
  else if (socket.readable) send();
}

function countAnew(): void {
  uncounted = responses;
  startedMs = performance.now();
}

function end(): void {
  if (isOver) return;
  isOver = true;
  const found = {
    requestsPerSecond: ((responses - uncounted) / (performance.now() - startedMs)) * 1000,
    responses,
    failed,
  };
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
}
