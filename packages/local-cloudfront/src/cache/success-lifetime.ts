import type { HttpHeaders } from "../http/http-message.ts";
import type { CachePolicy } from "../distribution/policies.ts";
import type { CacheControl } from "./cache-control.ts";
import { notStored, type CacheLifetime } from "./cache-lifetime.ts";
import { headerLifetime } from "./header-lifetime.ts";

/** What the lifetime of a response below 400 depends on. */
export interface SuccessLifetimeInput {
  readonly cachePolicy: CachePolicy;
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly cacheControl: CacheControl;
  readonly nowMs: number;
}

interface Ttl {
  readonly seconds: number;
  readonly rule: string;
}

/**
 * Decides the lifetime of a response whose status is below 400 (CF-G-08 to CF-G-18, CF-G-46).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 */
export function decideSuccessLifetime(input: SuccessLifetimeInput): CacheLifetime {
  const refusal = refuseToStore(input);
  if (refusal !== undefined) return notStored(refusal);
  const { cachePolicy, headers, cacheControl } = input;
  const { maxTtlSeconds, minTtlSeconds } = cachePolicy;
  const windows = {
    staleWhileRevalidateSeconds: Math.min(
      cacheControl.staleWhileRevalidateSeconds ?? 0,
      maxTtlSeconds,
    ),
    staleIfErrorSeconds:
      cacheControl.staleIfErrorSeconds === undefined
        ? undefined
        : Math.min(cacheControl.staleIfErrorSeconds, maxTtlSeconds),
  };
  if (minTtlSeconds === 0 && variesOnEverything(headers)) {
    return {
      stored: true,
      ttlSeconds: 0,
      ...windows,
      revalidatesUnconditionally: true,
      rule: "CF-G-27: Vary: * with a minimum TTL of 0 sends every request to the origin, without conditions",
    };
  }
  const { seconds, rule } = decideTtl(input);
  return { stored: true, ttlSeconds: seconds, ...windows, rule };
}

function refuseToStore({
  cachePolicy,
  status,
  headers,
  cacheControl,
}: SuccessLifetimeInput): string | undefined {
  if ((status === 307 || status === 308) && headers["cache-control"] === undefined) {
    return `CF-G-46: a ${status} without Cache-Control is not cached`;
  }
  if (status === 304) return "CF-G-36: a 304 has no body to store";
  // FIDELITY CF-G-34: CloudFront caches parts of objects; here only whole ones are stored.
  if (status === 206) return "CF-G-34: a part of an object is not stored";
  const { noStore, isPrivate } = cacheControl;
  if (cachePolicy.minTtlSeconds === 0 && (noStore || isPrivate)) {
    return `CF-G-11: ${noStore ? "no-store" : "private"} is respected where the minimum TTL is 0`;
  }
  return undefined;
}

function decideTtl({ cachePolicy, headers, cacheControl, nowMs }: SuccessLifetimeInput): Ttl {
  const { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds } = cachePolicy;
  const { noCache, noStore, isPrivate } = cacheControl;
  if (noCache || noStore || isPrivate) {
    // FIDELITY CF-G-11: `no-cache` alone allows to store and asks to revalidate each time; AWS says
    // no more than that CloudFront respects it.
    const rule =
      minTtlSeconds === 0
        ? "CF-G-11: no-cache is respected where the minimum TTL is 0: stored, revalidated each time"
        : "CF-G-11: no-cache, no-store and private yield to a minimum TTL above 0";
    return { seconds: minTtlSeconds, rule };
  }
  const asked = headerLifetime(cacheControl, headers, nowMs);
  if (asked !== undefined) {
    const { seconds, source } = asked;
    return {
      seconds: Math.max(minTtlSeconds, Math.min(seconds, maxTtlSeconds)),
      rule:
        minTtlSeconds === 0
          ? `CF-G-08: lesser of ${source} and maximum TTL`
          : `CF-G-09: ${source} within minimum and maximum TTL`,
    };
  }
  return {
    seconds: Math.max(minTtlSeconds, defaultTtlSeconds),
    rule:
      headers["cache-control"] === undefined
        ? "CF-G-10: default TTL, as no header sets a lifetime"
        : "CF-G-12: default TTL, as no directive of Cache-Control sets a lifetime",
  };
}

function variesOnEverything(headers: HttpHeaders): boolean {
  return (headers["vary"] ?? []).some(({ value }) =>
    value.split(",").some((name) => name.trim() === "*"),
  );
}
