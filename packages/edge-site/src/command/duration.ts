import { InvalidArgumentError } from "cf-command-line";

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Returns a duration such as `30m` in milliseconds.
 *
 * @throws {InvalidArgumentError} when it is none
 */
export function durationMs(text: string): number {
  const [, count = "", unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (ms > 0) return ms;
  throw new InvalidArgumentError("Write a number and its unit, as in 90s, 30m, 1h or 2d.");
}
