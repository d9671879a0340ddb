import { onTestFinished } from "vitest";

/** What a command or an event carries. */
export type Params = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** One end of the inspector protocol: of a process, or of a worker thread in it. */
class ProtocolSession {
  readonly #write: (message: string) => void;
  readonly #replies = new Map<number, PromiseWithResolvers<Params>>();
  readonly #events: { readonly method: string; readonly params: Params }[] = [];
  /** Resolves with the next event, and when the session ends. */
  #news = Promise.withResolvers<void>();
  #endedBy: Error | undefined;
  #lastId = 0;

  constructor(write: (message: string) => void) {
    this.#write = write;
  }

  /** Sends a command and returns its result. */
  send(method: string, params: Params = {}): Promise<Params> {
    if (this.#endedBy !== undefined) return Promise.reject(this.#endedBy);
    const id = (this.#lastId += 1);
    const reply = Promise.withResolvers<Params>();
    this.#replies.set(id, reply);
    this.#write(JSON.stringify({ id, method, params }));
    return reply.promise;
  }

  /** Takes the oldest event of a method that was not taken, or waits for it. */
  async event(method: string): Promise<Params> {
    for (;;) {
      const index = this.#events.findIndex((event) => event.method === method);
      const [found] = index < 0 ? [] : this.#events.splice(index, 1);
      if (found !== undefined) return found.params;
      if (this.#endedBy !== undefined) throw this.#endedBy;
      await this.#news.promise;
    }
  }

  receive(text: string): void {
    const { id, method, params = {}, result = {}, error }: Message = JSON.parse(text);
    if (method !== undefined) {
      this.#events.push({ method, params });
      this.#tell();
    }
    if (id === undefined) return;
    if (error === undefined) this.#replies.get(id)?.resolve(result);
    else this.#replies.get(id)?.reject(new Error(error.message));
    this.#replies.delete(id);
  }

  end(): void {
    this.#endedBy = new Error("The debugger was detached.");
    for (const { reject } of this.#replies.values()) reject(this.#endedBy);
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers<void>();
  }
}

/** A debugger that is attached to a worker thread. */
export type WorkerSession = Pick<ProtocolSession, "send" | "event">;

/** A debugger that is attached to a process. */
export interface DebugSession {
  /** Attaches to the next worker thread, of those that are there or are to come. */
  worker(): Promise<WorkerSession>;
}

/** Attaches a debugger over the inspector protocol; it is detached when the test is over. */
export async function attachDebugger(url: string): Promise<DebugSession> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.close());
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error(`No debugger at ${url}`)));
  });
  const session = new ProtocolSession((message) => socket.send(message));
  socket.addEventListener("message", ({ data }) => session.receive(String(data)));
  socket.addEventListener("close", () => session.end());
  await session.send("NodeWorker.enable", { waitForDebuggerOnStart: false });
  return {
    async worker() {
      const { sessionId } = await session.event("NodeWorker.attachedToWorker");
      const worker = new ProtocolSession((message) => {
        session.send("NodeWorker.sendMessageToWorker", { sessionId, message }).catch(() => {});
      });
      void passOn(session, worker);
      return worker;
    },
  };
}

/** Until one of them ends. One thread at a time is enough for a test. */
async function passOn(session: ProtocolSession, worker: ProtocolSession): Promise<void> {
  const detached = session.event("NodeWorker.detachedFromWorker").finally(() => worker.end());
  detached.catch(() => {});
  try {
    for (;;) {
      const { message } = await session.event("NodeWorker.receivedMessageFromWorker");
      worker.receive(String(message));
    }
  } catch {
    worker.end();
  }
}
