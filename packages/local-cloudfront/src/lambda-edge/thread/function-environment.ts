import type { InitOutcome, InvocationResponse } from "./execution-environment.ts";

/** What a pool works with: an execution environment, in a thread or in a process of its own. */
export interface FunctionEnvironment {
  /** Resolves when the handler is loaded or cannot be. */
  readonly initialized: Promise<InitOutcome>;
  /** Resolves when the thread or the process is gone. */
  readonly ended: Promise<void>;
  /** Whether an invocation that has ended left timers or sockets behind. */
  readonly hasLeftovers: boolean;
  /** Whether invocations may be sent: it lives and nothing has gone wrong in it. */
  readonly isUsable: boolean;
  /** How many invocations were sent and have not ended. */
  readonly load: number;
  /** Milliseconds since an invocation was sent to the idle environment, or one ended. */
  readonly sinceProgressMs: number;
  /**
   * Sends one invocation, which runs after those that were sent before. The environment has to be
   * usable.
   *
   * @param event JSON text
   * @param onEnd called later, once; without a response where the invocation was not begun, and
   * will not be begun here any more
   */
  invoke(
    requestId: string,
    event: string,
    onEnd: (response: InvocationResponse | undefined) => void,
  ): void;
  /** Receives the responses that have come, also where nobody was called for them yet. */
  receive(): void;
  /** Takes back what has not begun, to be run elsewhere. */
  reclaimUnstarted(): void;
  /** Ends what takes too long or too much memory; called again and again while it runs. */
  check(passedMs: number): void;
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}
