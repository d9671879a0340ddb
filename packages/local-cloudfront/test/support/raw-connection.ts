import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A response as it was written to the socket. */
export interface WireResponse {
  readonly status: number;
  /** As in `HTTP/1.1 200 OK`. */
  readonly statusLine: string;
  /** By lower-case name; several lines of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A viewer that says what it likes to the socket. */
export interface RawConnection {
  readonly socket: Socket;
  /** Writes text, one byte a character. */
  write(text: string): void;
  /**
   * Reads the next answer: its head, and as much body as its Content-Length says.
   *
   * @throws {Error} when the server hangs up before the response is whole
   */
  answer(options?: { readonly hasBody?: boolean }): Promise<WireResponse>;
  /** Resolves when the server has hung up, with what it sent beyond the responses that were read. */
  hungUp(): Promise<string>;
}

/** Connects to a local CloudFront; the connection ends with the test. */
export function connectRaw(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let received = "";
  let ended = false;
  let wake = (): void => undefined;
  socket.on("data", (chunk: Buffer) => {
    received += chunk.toString("latin1");
    wake();
  });
  for (const event of ["end", "close", "error"]) {
    socket.on(event, () => {
      ended = true;
      wake();
    });
  }
  const more = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return {
    socket,
    write: (text) => void socket.write(text, "latin1"),
    async answer({ hasBody = true } = {}) {
      const read = async (isThere: () => boolean): Promise<void> => {
        while (!isThere()) {
          if (ended) throw new Error(`hung up after ${JSON.stringify(received.slice(0, 1000))}`);
          await more();
        }
      };
      await read(() => received.includes("\r\n\r\n"));
      const headLength = received.indexOf("\r\n\r\n") + 4;
      const head = parseHead(received.slice(0, headLength - 4));
      const length = headLength + (hasBody ? Number(head.headers["content-length"] ?? 0) : 0);
      await read(() => received.length >= length);
      const body = received.slice(headLength, length);
      received = received.slice(length);
      return { ...head, body };
    },
    async hungUp() {
      while (!ended) await more();
      return received;
    },
  };
}

function parseHead(head: string): Omit<WireResponse, "body"> {
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: Number(statusLine.split(" ")[1]), statusLine, headers };
}

/** Sends one request's bytes over a connection of its own and returns the response. */
export function sendRaw(url: string, bytes: string, hasBody = true): Promise<WireResponse> {
  const connection = connectRaw(url);
  connection.write(bytes);
  return connection.answer({ hasBody }).finally(() => connection.socket.destroy());
}
