import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { originId } from "./distribution-template.ts";
import { respondsInTurn } from "./origin-responses.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "./start-test-cloudfront.ts";

/** Listens until the test ends, and returns the port. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A distribution whose custom origin is whatever listens at a URL. */
export function startWithOrigin(
  url: string,
  options: TestCloudFrontOptions = {},
): Promise<TestCloudFront> {
  return startTestCloudFront({
    server: respondsInTurn({}),
    ...options,
    options: { origins: { [originId]: url }, ...options.options },
  });
}

/** A server that is given each connection and its number, from 1. */
export async function tcpOrigin(
  onConnection: (socket: Socket, count: number) => void,
): Promise<string> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket, ++count);
  });
  return `http://127.0.0.1:${await listen(server)}`;
}
