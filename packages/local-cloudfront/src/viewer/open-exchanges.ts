import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import { Roster } from "../roster.ts";

/** A request whose answer is not complete. */
class OpenExchange {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly #leave: () => void;
  #isClosed = false;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor(incoming: IncomingMessage | Http2ServerRequest, exchanges: Roster<OpenExchange>) {
    this.incoming = incoming;
    this.#leave = exchanges.add(this);
  }

  /** Resolves when nothing more can be written as its answer; made for those who ask. */
  get closed(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#closed ??= Promise.withResolvers();
    return this.#closed.promise;
  }

  close(): void {
    this.#isClosed = true;
    this.#leave();
    this.#closed?.resolve();
  }
}

/** A viewer that hangs up while it is read from or written to is no error of this server. */
const ignoreError = (): void => undefined;

/** The connections of viewers, and the requests on them whose answers are not complete. */
export class OpenExchanges {
  readonly #sockets = new Set<Socket>();
  readonly #exchanges = new Roster<OpenExchange>();

  addSocket(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      // Node tells this to the one answer that has the socket, not to those that wait behind it.
      for (const exchange of this.#on(socket)) exchange.close();
    });
  }

  /** Adds a request; it leaves when nothing more can be written as its answer. */
  add(
    incoming: IncomingMessage | Http2ServerRequest,
    outgoing: ServerResponse | Http2ServerResponse,
  ): OpenExchange {
    incoming.on("error", ignoreError);
    outgoing.on("error", ignoreError);
    const exchange = new OpenExchange(incoming, this.#exchanges);
    const close = (): void => exchange.close();
    if ("stream" in outgoing) outgoing.stream.once("close", close);
    else outgoing.once("close", close);
    return exchange;
  }

  /**
   * Resolves when the requests that have come over a connection are answered; not counted is one
   * whose body is malformed, which gets no answer of its own.
   */
  async answered(socket: Socket): Promise<void> {
    const whole = this.#on(socket).filter(({ incoming }) => incoming.complete);
    await Promise.all(whole.map(({ closed }) => closed));
  }

  destroySockets(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #on(socket: Socket): OpenExchange[] {
    return this.#exchanges.members().filter(({ incoming }) => incoming.socket === socket);
  }
}
