/** Where a function finds the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = Date;

/** What a test replaces. */
export interface EdgeAuthPorts {
  /** @default - the machine's */
  readonly clock?: Clock;
  /** @default fetch */
  readonly fetch?: (url: string, options: { signal: AbortSignal }) => Promise<Response>;
}
