import { afterAll } from "vitest";

/** Has something end later, as `onTestFinished` does. */
export type OnEnd = (end: () => void | Promise<void>) => void;

/**
 * Returns what gets something that all tests of a file or a `describe` share, since none needs one that is new. It
 * starts with the first of them and ends after the last.
 */
export function shareStarted<Started>(
  start: (onEnd: OnEnd) => Promise<Started>,
): () => Promise<Started> {
  let started: Promise<Started> | undefined;
  const ends: Parameters<OnEnd>[0][] = [];
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
  return () => (started ??= start((end) => ends.push(end)));
}
