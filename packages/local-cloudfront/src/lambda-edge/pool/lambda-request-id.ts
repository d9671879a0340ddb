import { randomUUID } from "node:crypto";

const digitsThatCount = 12;
const beginning = randomUUID().slice(0, -digitsThatCount);
let count = 0;

/**
 * Returns an id for an invocation, as Lambda gives each one: a UUID. Here they count up behind a
 * beginning that is random for each process.
 */
export function lambdaRequestId(): string {
  count += 1;
  return beginning + count.toString(16).padStart(digitsThatCount, "0");
}
