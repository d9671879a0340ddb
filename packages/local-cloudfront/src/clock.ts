/** The time, as a port: rooms ask it instead of the machine, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** A clock that runs with the machine's and can be set forward. */
export interface AdjustableClock extends Clock {
  /** Moves the clock forward by a number of seconds (fractions allowed, never backwards). */
  advance(seconds: number): void;
}

/** Returns a clock that follows the machine's time, plus whatever it was advanced by. */
export function systemClock(): AdjustableClock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    advance(seconds) {
      if (!(seconds >= 0)) {
        throw new RangeError(`Clock cannot be advanced: got ${seconds}. Pass seconds, 0 or more.`);
      }
      offsetMs += seconds * 1000;
    },
  };
}
