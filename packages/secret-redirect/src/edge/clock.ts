/** Tells the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The time as the machine knows it. */
export const systemClock: Clock = Date;
