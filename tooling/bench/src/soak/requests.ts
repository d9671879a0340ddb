import { request, type Agent, type IncomingMessage } from "node:http";
import { connect } from "node:net";

/** A kind of request and how often it comes, of the sum of all. */
export interface RequestKind {
  readonly name: string;
  readonly weight: number;
  /** Sends one, and returns what was wrong with the response; undefined where it was right. */
  readonly send: (target: Target, number: number) => Promise<string | undefined>;
}

/** Where requests go. */
export interface Target {
  readonly port: number;
  readonly agent: Agent;
}

interface Expected {
  readonly status: number;
  readonly body?: RegExp;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The mixture: most are good, some meet functions that are not, some are not HTTP at all. */
export const requestKinds: readonly RequestKind[] = [
  good("hit", 600, () => "/index.html", { status: 200, body: /<h1>soak<\/h1>/ }),
  good("rewritten", 200, (number) => `/notes/${number}`, { status: 200, body: /<h1>soak<\/h1>/ }),
  good("miss", 100, (number) => `/data?number=${number}`, { status: 200, body: /^data$/ }),
  good("missing", 30, (number) => `/missing?number=${number % 50}`, { status: 404 }),
  ...(["throws", "rejects"] as const).map((name) => failing(name, 10, 503)),
  ...(["rubbish", "nothing", "smuggles"] as const).map((name) => failing(name, 10, 502)),
  { ...failing("late", 3, 200), send: anyResponse("/late/x") },
  { ...failing("noisy", 5, 200) },
  failing("exits", 1, 503),
  { ...failing("loops", 0.2, 503) },
  { ...failing("hangs", 0.2, 503) },
  { ...failing("leaks", 0.1, 503) },
  { name: "aborts", weight: 5, send: abort },
  { name: "garbage", weight: 5, send: garbage },
  { name: "oversized", weight: 2, send: oversized },
];

function good(
  name: string,
  weight: number,
  path: (number: number) => string,
  expected: Expected,
): RequestKind {
  const headers: Record<string, string> = expected.status < 400 ? { "x-soak": "good" } : {};
  return {
    name,
    weight,
    send: async (target, number) =>
      mismatch(await get(target, path(number)), { headers, ...expected }),
  };
}

function failing(name: string, weight: number, status: number): RequestKind {
  const send: RequestKind["send"] = async (target, number) =>
    mismatch(await get(target, `/${name}/${number}`), { status });
  return { name, weight, send };
}

/** For what may be answered either way; a response there must be. */
function anyResponse(path: string): RequestKind["send"] {
  return async (target) => {
    await get(target, path);
    return undefined;
  };
}

interface Received {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

function get({ port, agent }: Target, path: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

function mismatch(
  received: Received,
  { status, body, headers = {} }: Expected,
): string | undefined {
  if (received.status !== status) return `status ${received.status} instead of ${status}`;
  if (body !== undefined && !body.test(received.body)) return `body ${received.body.slice(0, 60)}`;
  const wrong = Object.entries(headers).find(([name, value]) => received.headers[name] !== value);
  return wrong === undefined ? undefined : `no header ${wrong.join(": ")}`;
}

/** A viewer that leaves before it is answered. */
async function abort({ port }: Target, number: number): Promise<undefined> {
  await raw(port, `GET /data?abort=${number} HTTP/1.1\r\nHost: localhost\r\n\r\n`, "leave");
}

/** A viewer that does not speak HTTP; it must be answered 400 or hung up on. */
async function garbage({ port }: Target, number: number): Promise<string | undefined> {
  const received = await raw(port, `\u0016\u0003 ${number} garbage\r\n\r\n`, "listen");
  return received === "" || received.startsWith("HTTP/1.1 400 ")
    ? undefined
    : received.slice(0, 60);
}

/** A viewer whose head is larger than CloudFront takes. */
async function oversized({ port }: Target): Promise<string | undefined> {
  const head = `GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${"x".repeat(40_000)}\r\n\r\n`;
  const received = await raw(port, head, "listen");
  return received === "" || received.startsWith("HTTP/1.1 494 ")
    ? undefined
    : received.slice(0, 60);
}

function raw(port: number, text: string, then: "leave" | "listen"): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    socket.write(text, "latin1", () => {
      if (then === "leave") socket.destroy();
    });
  });
}
