import {
  request as httpRequest,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
} from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import type { Socket } from "node:net";
import { checkServerIdentity } from "node:tls";
import type { HttpAgents } from "./http-agents.ts";
import type { OriginAddress } from "./origin-address.ts";
import type { OriginResult } from "./origin-client.ts";
import {
  badGateway,
  closing,
  gatewayTimeout,
  OriginFailureError,
  originFailureOf,
} from "./origin-failure.ts";
import { readOriginResponse } from "./read-origin-response.ts";

/** One request to an origin, ready for the wire. */
export interface OutgoingRequest {
  /** The origin as messages name it. */
  readonly subject: string;
  readonly address: OriginAddress;
  /** End the exchange when they close. */
  readonly agents: HttpAgents;
  /** Holds the kept connections; undefined for a connection of its own. */
  readonly agent: Agent | undefined;
  readonly method: string;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | undefined;
  readonly connectionTimeoutSeconds: number;
  readonly readTimeoutSeconds: number;
  /** 0 where none is set. */
  readonly responseCompletionTimeoutSeconds: number;
  readonly maxBodyBytes: number;
  /** Of the status line and the headers of the response (LE-C-27). */
  readonly maxHeadBytes: number;
}

/** What came of one attempt. */
export type Exchange =
  | { readonly kind: "completed"; readonly result: OriginResult }
  | {
      readonly kind: "failed";
      readonly result: OriginResult;
      /** Whether a connection that was kept from an earlier request ended before a byte of a response. */
      readonly wasStale: boolean;
      readonly wasConnected: boolean;
      readonly isTimeout: boolean;
    };

/** Sends a request once. Never rejects: what goes wrong is the origin's failure. */
export async function exchange(outgoing: OutgoingRequest): Promise<Exchange> {
  let wasConnected = false;
  let sent: ClientRequest | undefined;
  let incoming: IncomingMessage | undefined;
  let heardBytes: (() => number) | undefined;
  const giveUp = (error: OriginFailureError): void => {
    (incoming ?? sent)?.destroy(error);
  };
  const timers = createTimers(outgoing, giveUp);
  const forget = outgoing.agents.onClose(() => giveUp(closing(outgoing.subject)));
  try {
    sent = open(outgoing);
    sent.once("socket", (socket) => {
      heardBytes = countBytes(socket);
    });
    incoming = await responseTo(sent, outgoing, timers, () => {
      wasConnected = true;
    });
    const result = await readOriginResponse(incoming, outgoing, timers.restartReading);
    return { kind: "completed", result };
  } catch (error) {
    const failure = originFailureOf(error, outgoing.subject, wasConnected);
    const isTimeout = failure.status === 504;
    return {
      kind: "failed",
      result: { kind: "failure", failure },
      wasStale: !isTimeout && sent?.reusedSocket === true && heardBytes?.() === 0,
      wasConnected,
      isTimeout,
    };
  } finally {
    forget();
    timers.clear();
  }
}

/** Returns what counts how many bytes have come over a connection since now. */
function countBytes(socket: Socket): () => number {
  const before = socket.bytesRead;
  return () => socket.bytesRead - before;
}

function open({
  address,
  agent,
  method,
  path,
  headers,
  maxHeadBytes,
}: OutgoingRequest): ClientRequest {
  const { protocol, hostname, port, verifiesCertificate, serverName } = address;
  const options: RequestOptions = {
    agent: agent ?? false,
    host: hostname,
    port,
    method,
    path,
    headers,
    setHost: false,
    maxHeaderSize: maxHeadBytes,
  };
  if (protocol === "http") return httpRequest(options);
  return httpsRequest({
    ...options,
    rejectUnauthorized: verifiesCertificate,
    ...(serverName !== undefined && { servername: serverName }),
    ...(address.allowedCertificateNames && {
      checkServerIdentity: oneOfNames(address.allowedCertificateNames),
    }),
  });
}

/** Takes a certificate that is for one of these names, as CloudFront does for `allowedCertificateNames`. */
function oneOfNames(names: readonly string[]): typeof checkServerIdentity {
  return (_, certificate) => {
    const errors = names.map((name) =>
      checkServerIdentity(name.replace(/^\*\./, "any."), certificate),
    );
    return errors.includes(undefined) ? undefined : errors[0];
  };
}

/** Resolves when the headers of the response are there. */
function responseTo(
  sent: ClientRequest,
  { subject, address, body }: OutgoingRequest,
  timers: Timers,
  onConnected: () => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const connected = (): void => {
      onConnected();
      timers.restartReading();
    };
    sent.once("socket", (socket) => {
      if (sent.reusedSocket) connected();
      else socket.once(address.protocol === "https" ? "secureConnect" : "connect", connected);
    });
    sent.once("upgrade", (_incoming, socket) => {
      socket.destroy();
      reject(
        new OriginFailureError(
          badGateway("OriginInvalidResponseError", `${subject} switched protocols unasked.`),
        ),
      );
    });
    sent.once("response", resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A timer of Node that is set to more goes off at once. */
const maxTimerMs = 2 ** 31 - 1;

interface Timers {
  /** The origin was heard of: from now on it has the read timeout for its next bytes. */
  restartReading(): void;
  clear(): void;
}

function createTimers(
  outgoing: OutgoingRequest,
  giveUp: (error: OriginFailureError) => void,
): Timers {
  const { subject, connectionTimeoutSeconds, readTimeoutSeconds } = outgoing;
  const after = (seconds: number, problem: string): NodeJS.Timeout =>
    setTimeout(
      () => {
        const message = `${subject} ${problem} within ${seconds} s.`;
        giveUp(new OriginFailureError(gatewayTimeout(message)));
      },
      Math.min(seconds * 1000, maxTimerMs),
    );

  let current = after(connectionTimeoutSeconds, "did not accept a connection");
  const completion =
    outgoing.responseCompletionTimeoutSeconds > 0
      ? after(outgoing.responseCompletionTimeoutSeconds, "did not complete its response")
      : undefined;
  return {
    restartReading() {
      clearTimeout(current);
      current = after(readTimeoutSeconds, "did not send anything");
    },
    clear() {
      clearTimeout(current);
      clearTimeout(completion);
    },
  };
}
