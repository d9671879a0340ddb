import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { OnEnd } from "./share-started.ts";

/** A request as the origin server received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  /** Names as they were on the wire. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers as a custom origin does. */
export type OriginServer = (
  request: ReceivedRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** Starts a custom origin on a free port; it ends with the test, or when `onEnd` says. */
export async function startOriginServer(
  server: OriginServer,
  onEnd: OnEnd = onTestFinished,
): Promise<{ readonly url: string; readonly received: readonly ReceivedRequest[] }> {
  const received: ReceivedRequest[] = [];
  const httpServer = createServer((incoming, outgoing) => {
    void readRequest(incoming).then(async (request) => {
      received.push(request);
      await server(request, outgoing);
    });
  });
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  onEnd(() => {
    httpServer.closeAllConnections();
    httpServer.close();
  });
  return { url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`, received };
}

async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    rawHeaders: incoming.rawHeaders,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString(),
  };
}
