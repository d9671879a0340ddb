import { shown } from "option-checks";
import { invalid, fieldsOf, type Shape } from "../config/setting-checks.ts";

/** What an estimate of costs assumes of the site's traffic. */
export interface TrafficConfig {
  /**
   * Which share of the requests is served from the cache, from 0 to 1.
   * @default 0.9
   */
  readonly hitRatio?: number;
  /**
   * Which share of the requests asks for something else than a hashed asset, from 0 to 1.
   * @default 0.3
   */
  readonly documentShare?: number;
  /**
   * How many milliseconds an invocation on Lambda@Edge takes.
   * @default 3
   */
  readonly lambdaMilliseconds?: number;
}

const shape: Shape = {
  optional: ["hitRatio", "documentShare", "lambdaMilliseconds"],
};

/** Returns the assumptions with their defaults. */
export function resolveTraffic(traffic: TrafficConfig = {}): Required<TrafficConfig> {
  return { hitRatio: 0.9, documentShare: 0.3, lambdaMilliseconds: 3, ...traffic };
}

/**
 * Refuses assumptions that a user could not have meant.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`.
 */
export function refuseInvalidTraffic(value: unknown): void {
  const fields = fieldsOf(shape, "traffic", value);
  for (const [name, given] of Object.entries(fields)) {
    const most = name === "lambdaMilliseconds" ? 30_000 : 1;
    if (typeof given === "number" && given >= 0 && given <= most) continue;
    throw invalid(
      `traffic.${name} is not valid: got ${shown(given)}. Allowed: a number from 0 to ${most}.`,
    );
  }
}
