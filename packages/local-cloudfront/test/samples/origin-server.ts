import { createServer as createHttpServer, type RequestListener } from "node:http";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import type { CustomOrigin } from "../../src/distribution/origins.ts";
import { sampleCustomOrigin } from "./origin.ts";

const running: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];

/** Listens on a free port of this machine and returns it. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push({ server, sockets });
  return (server.address() as AddressInfo).port;
}

/** Closes every server that was started, with its connections. */
export async function closeServers(): Promise<void> {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Starts a web server and returns the origin that it stands for. */
export async function webServer(
  listener: RequestListener,
  changes: Partial<CustomOrigin> = {},
): Promise<CustomOrigin> {
  const port = await listen(createHttpServer(listener));
  return sampleCustomOrigin({
    content: { kind: "url", url: `http://localhost:${port}` },
    ...changes,
  });
}

/** Starts a server that answers each connection as it likes, and returns the origin. */
export async function rawServer(
  onConnection: (socket: Socket, count: number) => void,
  changes: Partial<CustomOrigin> = {},
): Promise<CustomOrigin> {
  let count = 0;
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket, ++count);
  });
  const port = await listen(server);
  return sampleCustomOrigin({
    content: { kind: "url", url: `http://127.0.0.1:${port}` },
    ...changes,
  });
}

/** Answers the first bytes that come with the given ones, and closes. */
export function answering(bytes: string): (socket: Socket) => void {
  return (socket) => {
    socket.once("data", () => socket.end(bytes, "latin1"));
  };
}
