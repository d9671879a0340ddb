import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { BenchFolder } from "./bench-folder.ts";
import { pinned, serverCore } from "./pinned.ts";

/** A server in a process of its own, on the servers' core. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first response of 200. */
  readonly startedAfterMs: number;
  stop(): Promise<void>;
}

/** How a server is started. */
export interface ServerCommand {
  /** A program for Node.js, with its options for a port. */
  readonly program: (port: number) => readonly string[];
  /** The path that is answered 200. @default "/" */
  readonly path?: string;
  /** @default - that of the bench */
  readonly cwd?: string;
}

const mostMs = 60_000;

/**
 * Starts a server and waits for its first 200; what it writes goes nowhere.
 *
 * @throws {Error} when it ends or does not answer within a minute
 */
async function startServer(server: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  const [command, options] = pinned(serverCore, process.execPath, server.program(port));
  const startedMs = performance.now();
  const child = spawn(command, options, {
    stdio: ["ignore", "ignore", "inherit"],
    cwd: server.cwd,
  });
  while (!(await answers(port, server.path ?? "/"))) {
    if (child.exitCode !== null || performance.now() - startedMs > mostMs) {
      child.kill("SIGKILL");
      throw new Error(`The server does not answer: got ${server.program(port).join(" ")}.`);
    }
    await delay(2);
  }
  const startedAfterMs = performance.now() - startedMs;
  return { port, pid: child.pid ?? 0, startedAfterMs, stop: () => stop(child) };
}

/** Starts a server that lives on a folder, and removes the folder when the server has stopped. */
export async function startServerIn(
  folder: BenchFolder,
  command: ServerCommand,
): Promise<ServerProcess> {
  const server = await startServer(command);
  return {
    ...server,
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), 3000);
  await exited;
  clearTimeout(forced);
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.on("error", () => resolve(false));
    sent.end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
