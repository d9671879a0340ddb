/** Tells the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The time as the machine knows it. */
export const systemClock: Clock = Date;

/** What the handler needs of the world. Each has a default; a test gives its own. */
export interface SecretRedirectPorts {
  /** @default - the machine's clock */
  readonly clock?: Clock;
  /**
   * A number from 0 up to 1.
   * @default Math.random
   */
  readonly random?: () => number;
  /** @default - writes the line to the function's log */
  readonly log?: (line: string) => void;
}
