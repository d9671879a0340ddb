import type { AdjustableClock } from "../../src/clock.ts";

/** The moment at which fake clocks start: Tue, 06 Oct 2026 09:00:00 GMT. */
export const fakeStartMs = Date.UTC(2026, 9, 6, 9);

/** A clock that stands still until it is advanced. */
export function fakeClock(): AdjustableClock {
  let nowMs = fakeStartMs;
  return {
    now: () => nowMs,
    advance(seconds) {
      nowMs += seconds * 1000;
    },
  };
}
