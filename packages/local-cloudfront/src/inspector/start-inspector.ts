import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { sendProblem, securityHeaders } from "./send-json.ts";
import { checkCaller, isCrossSite } from "./check-caller.ts";
import { describeServed } from "./describe-served.ts";
import type { Inspected } from "./inspected.ts";
import { handleApi } from "./inspector-api.ts";
import { pageFiles } from "./page-files.ts";
import { RequestList } from "./request-list.ts";
import { writeEvent } from "./write-event.ts";

/** How the inspector is started. */
export interface InspectorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Whether a free port will do where that one is taken. */
  readonly mayTakeAnother: boolean;
  /** Called where handling failed inside the inspector itself. */
  readonly onInternalError: (error: unknown) => void;
}

/** The inspector's page and what it asks, on a port of its own. */
export interface Inspector {
  readonly url: string;
  /** Lists a request. */
  add(record: RequestRecord): void;
  /** Empties the list. */
  clear(): void;
  /** Tells pages that another distribution is served. */
  reloaded(): void;
  close(): Promise<void>;
}

/** Only this machine may look into requests, whatever address viewers come by. */
const loopback = "127.0.0.1";

/**
 * Starts the inspector.
 *
 * @throws {LocalCloudFrontError} when its port is taken or may not be opened
 */
export async function startInspector(
  inspected: Inspected,
  options: InspectorOptions,
): Promise<Inspector> {
  const list = new RequestList();
  const streams = new Map<ServerResponse, () => void>();
  const onStream = (end: () => void, outgoing: ServerResponse): void => {
    streams.set(outgoing, end);
    outgoing.on("close", () => streams.delete(outgoing));
  };
  const server = createServer((incoming, outgoing) => {
    const { port } = server.address() as AddressInfo;
    respond(incoming, outgoing, port, { inspected, list, onStream }).catch((error: unknown) => {
      options.onInternalError(error);
      outgoing.destroy();
    });
  });
  inspected.onViolation(() => {
    for (const outgoing of streams.keys())
      writeEvent(outgoing, "violations", inspected.violations());
  });
  const port = await listen(server, options);
  return {
    url: `http://${loopback}:${port}`,
    add: (record) => list.add(record),
    clear: () => list.clear(),
    reloaded: () => {
      for (const outgoing of streams.keys()) {
        writeEvent(outgoing, "served", describeServed(inspected));
        writeEvent(outgoing, "violations", inspected.violations());
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const end of streams.values()) end();
        server.closeAllConnections();
      }),
  };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  rooms: Parameters<typeof handleApi>[3],
): Promise<void> {
  const { headers, method = "GET" } = incoming;
  const problem = checkCaller(headers, port);
  if (problem !== undefined) return sendProblem(outgoing, 403, problem);
  const url = URL.parse(incoming.url ?? "/", `http://${loopback}:${port}`);
  if (url === null) return sendProblem(outgoing, 400, "The request has no valid path.");
  if (url.pathname.startsWith("/api/")) {
    if (isCrossSite(headers)) {
      return sendProblem(outgoing, 403, "Another site's page may not ask the inspector.");
    }
    if (method === "POST" && !isJson(headers["content-type"])) {
      return sendProblem(outgoing, 415, "Content-Type is not JSON: pass application/json.");
    }
    if (await handleApi(incoming, outgoing, url, rooms)) return undefined;
  } else if (method === "GET" || method === "HEAD") {
    const file = (await pageFiles()).get(url.pathname);
    if (file !== undefined) {
      outgoing.writeHead(200, { ...securityHeaders, "Content-Type": file.contentType });
      outgoing.end(method === "HEAD" ? undefined : file.bytes);
      return undefined;
    }
  }
  return sendProblem(outgoing, 404, "The inspector has nothing here. Its page is at /.");
}

/** A form of another site cannot send JSON without asking first. */
function isJson(contentType = ""): boolean {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() === "application/json";
}

/** Resolves with the port that was taken. */
async function listen(server: Server, options: InspectorOptions): Promise<number> {
  try {
    await listenOn(server, options.port);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "EADDRINUSE" || !options.mayTakeAnother) throw listenError(error, options.port);
    await listenOn(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: loopback, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function listenError(error: unknown, port: number): LocalCloudFrontError {
  const { code, message } = error as NodeJS.ErrnoException;
  const problem =
    code === "EADDRINUSE"
      ? `Inspector port is in use: got --inspector-port ${port}. Stop what listens there, or pass 0 for a free one.`
      : `Inspector port cannot be opened: got --inspector-port ${port}, ${code ?? message}. Pass another, or --no-inspector.`;
  return new LocalCloudFrontError(problem, { cause: error });
}
