import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A message as strictly as RFC 9112 has it, in one character a byte. */
export interface StrictMessage {
  /** The request line or the status line. */
  readonly startLine: string;
  /** Values by lower-case name, in the order of the lines. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads one message from the beginning of bytes; undefined where they do not hold a whole one.
 *
 * @param hasBody whether a message of this start line has a body
 * @throws where a strict receiver would refuse the message, or could read it in two ways
 */
function readMessage(
  bytes: string,
  startLinePattern: RegExp,
  hasBody: (startLine: string) => boolean,
): { readonly message: StrictMessage; readonly rest: string } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [startLine = "", ...lines] = bytes.slice(0, end).split("\r\n");
  if (!startLinePattern.test(startLine))
    throw new Error(`no start line: ${JSON.stringify(startLine)}`);
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const [, name = "", value = ""] = headerLine.exec(line) ?? [];
    if (name === "") throw new Error(`no header: ${JSON.stringify(line)}`);
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value.trim()]);
  }
  if (headers.has("transfer-encoding")) throw new Error("Transfer-Encoding was not expected");
  const lengths = headers.get("content-length") ?? [];
  if (lengths.length > 1) throw new Error(`several lengths: ${lengths.join()}`);
  if (lengths.some((length) => !/^\d+$/.test(length)))
    throw new Error(`no length: ${lengths.join()}`);
  const length = hasBody(startLine) ? Number(lengths[0] ?? 0) : 0;
  const bodyEnd = end + 4 + length;
  if (bytes.length < bodyEnd) return undefined;
  return {
    message: { startLine, headers, body: bytes.slice(end + 4, bodyEnd) },
    rest: bytes.slice(bodyEnd),
  };
}

/**
 * Reads all the responses that a connection has brought.
 *
 * @throws where a strict viewer would refuse one, or where bytes are left over
 */
export function readStrictResponses(bytes: string): StrictMessage[] {
  const responses: StrictMessage[] = [];
  for (let rest = bytes; rest !== "";) {
    const read = readMessage(
      rest,
      /^HTTP\/1\.1 [2-5]\d\d [\t\x20-\x7e\x80-\xff]*$/,
      (startLine) => !/^\S+ (204|304) /.test(startLine),
    );
    if (read === undefined) throw new Error(`not a whole response: ${JSON.stringify(rest)}`);
    responses.push(read.message);
    rest = read.rest;
  }
  return responses;
}

/** An origin that reads requests strictly and keeps its connections. */
export interface StrictOrigin {
  readonly port: number;
  readonly requests: readonly StrictMessage[];
  /** What was wrong with requests. */
  readonly problems: readonly string[];
}

const answer =
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Origin: 1\r\nContent-Length: 6\r\n\r\norigin";

/** Starts a strict origin; it ends with the test. */
export async function startStrictOrigin(): Promise<StrictOrigin> {
  const requests: StrictMessage[] = [];
  const problems: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      try {
        for (;;) {
          const read = readMessage(pending, /^[A-Z]+ \/[\x21-\x7e]* HTTP\/1\.1$/, () => true);
          if (read === undefined) return;
          requests.push(read.message);
          if (read.message.headers.get("host")?.length !== 1) problems.push("not one Host");
          pending = read.rest;
          socket.write(answer);
        }
      } catch (error) {
        problems.push(String(error));
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests, problems };
}
