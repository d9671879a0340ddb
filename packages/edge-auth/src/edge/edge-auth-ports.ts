import type { Clock } from "./clock.ts";

/** What a test replaces. */
export interface EdgeAuthPorts {
  /** @default - the machine's */
  readonly clock?: Clock;
  /** @default fetch */
  readonly fetch?: (url: string, options: { signal: AbortSignal }) => Promise<Response>;
}
