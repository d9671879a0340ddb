import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";

/** A request whose response is not complete. */
class OpenExchange {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly #exchanges: Set<OpenExchange>;
  #isClosed = false;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor(incoming: IncomingMessage | Http2ServerRequest, exchanges: Set<OpenExchange>) {
    this.incoming = incoming;
    this.#exchanges = exchanges;
    exchanges.add(this);
  }

  /** Resolves when nothing more can be written as its response; made for those who ask. */
  get closed(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#closed ??= Promise.withResolvers();
    return this.#closed.promise;
  }

  close(): void {
    this.#isClosed = true;
    this.#exchanges.delete(this);
    this.#closed?.resolve();
  }
}

/** A viewer that hangs up while it is read from or written to is no error of this server. */
const ignoreError = (): void => undefined;

/** The connections of viewers, and the requests on them whose responses are not complete. */
export class OpenExchanges {
  readonly #sockets = new Set<Socket>();
  readonly #exchanges = new Set<OpenExchange>();

  addSocket(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      // Node emits this on the one response that has the socket, not to those that wait behind it.
      for (const exchange of this.#on(socket)) exchange.close();
    });
  }

  /** Adds a request; it leaves when nothing more can be written as its response. */
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
   * Resolves when the requests that have come over a connection are complete; not counted is one
   * whose body is malformed, which gets no response of its own.
   */
  async completed(socket: Socket): Promise<void> {
    const whole = this.#on(socket).filter(({ incoming }) => incoming.complete);
    await Promise.all(whole.map(({ closed }) => closed));
  }

  destroySockets(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #on(socket: Socket): OpenExchange[] {
    return [...this.#exchanges].filter(({ incoming }) => incoming.socket === socket);
  }
}
