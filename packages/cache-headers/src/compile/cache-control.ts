import { checks } from "../cache-headers-options-error.ts";
import type { CacheLifetime } from "./cache-headers-options.ts";

/** The options of a lifetime. */
export const lifetimeNames = [
  "cacheability",
  "browserTtlSeconds",
  "edgeTtlSeconds",
  "immutable",
  "staleWhileRevalidateSeconds",
  "staleIfErrorSeconds",
] as const satisfies readonly (keyof CacheLifetime)[];

/** The maximum TTL of a cache policy, unless it says otherwise; RFC 9111 names no larger one that matters. */
export const yearSeconds = 31_536_000;

/** A Cache-Control, and how long CloudFront keeps a response with it. */
export interface ReadLifetime {
  readonly cacheControl: string;
  /** Undefined for what CloudFront is not to keep. */
  readonly edgeTtlSeconds?: number;
  readonly staleSeconds?: number;
}

/**
 * Returns a lifetime as a Cache-Control: browsers read `max-age`, CloudFront `s-maxage` before it (CF-G-08).
 *
 * @param subject As in `rules[0]`.
 */
export function readLifetime(subject: string, lifetime: CacheLifetime): ReadLifetime {
  const { cacheability = "public", immutable = false } = lifetime;
  checks.refuseOtherThan(`${subject}.cacheability`, cacheability, [
    "public",
    "private",
    "no-store",
  ]);
  checks.refuseNoBoolean(`${subject}.immutable`, immutable);
  for (const name of lifetimeNames) {
    if (name.endsWith("Seconds")) refuseNoSeconds(`${subject}.${name}`, lifetime[name]);
  }
  refuseContradiction(subject, cacheability, lifetime);
  if (cacheability === "no-store") return { cacheControl: "no-store" };
  const { browserTtlSeconds = 0, edgeTtlSeconds = browserTtlSeconds } = lifetime;
  const browser = [`max-age=${browserTtlSeconds}`, ...(immutable ? ["immutable"] : [])];
  if (cacheability === "private") return { cacheControl: ["private", ...browser].join(", ") };
  const { staleWhileRevalidateSeconds, staleIfErrorSeconds } = lifetime;
  const stale = Math.max(staleWhileRevalidateSeconds ?? 0, staleIfErrorSeconds ?? 0);
  const directives = [
    "public",
    `max-age=${browserTtlSeconds}`,
    ...(edgeTtlSeconds === browserTtlSeconds ? [] : [`s-maxage=${edgeTtlSeconds}`]),
    ...browser.slice(1),
    ...directive("stale-while-revalidate", staleWhileRevalidateSeconds),
    ...directive("stale-if-error", staleIfErrorSeconds),
  ];
  return {
    cacheControl: directives.join(", "),
    edgeTtlSeconds,
    ...(stale > 0 && { staleSeconds: stale }),
  };
}

function directive(name: string, seconds: number | undefined): readonly string[] {
  return seconds === undefined ? [] : [`${name}=${seconds}`];
}

/** Refuses what is no number of seconds; undefined is one that is left out. */
export function refuseNoSeconds(subject: string, value: unknown): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= yearSeconds) return;
  const remedy = `Allowed: a whole number of seconds, from 0 to ${yearSeconds}, which is a year.`;
  throw checks.invalidValue(subject, "is not a lifetime", value, remedy);
}

function refuseContradiction(subject: string, cacheability: string, lifetime: CacheLifetime): void {
  const without: Readonly<Record<string, readonly (keyof CacheLifetime)[]>> = {
    "no-store": lifetimeNames.filter((name) => name !== "cacheability"),
    private: ["edgeTtlSeconds", "staleWhileRevalidateSeconds", "staleIfErrorSeconds"],
  };
  const name = without[cacheability]?.find((each) => lifetime[each] !== undefined);
  if (name !== undefined) {
    throw checks.mistake(
      "CONTRADICTION",
      `${subject}.${name}`,
      `says nothing where cacheability is ${JSON.stringify(cacheability)}`,
      lifetime[name],
      "Leave one of them out.",
    );
  }
  if (lifetime.immutable && !lifetime.browserTtlSeconds) {
    throw checks.mistake(
      "CONTRADICTION",
      `${subject}.immutable`,
      "says nothing without a lifetime in the browser",
      true,
      "Set browserTtlSeconds, or leave it out.",
    );
  }
}
