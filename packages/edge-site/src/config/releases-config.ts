import { invalid, refuseNoCount, fieldsOf, type Shape } from "./setting-checks.ts";
import { isObject, shown } from "option-checks";

/** Which releases of the site stay in the bucket, beside the live one. */
export interface ReleasesConfig {
  /**
   * How many of the latest stay, however old they are.
   * @default 10
   */
  readonly keep?: number;
  /**
   * How many days each one stays at least, so that open tabs find their files.
   * @default 30
   */
  readonly days?: number;
}

/** The same with nothing left open. */
export interface ResolvedReleases extends Required<ReleasesConfig> {
  /** Whether a stage that cannot have releases is refused, rather than published without. */
  readonly isRequired: boolean;
}

const shape: Shape = { optional: ["keep", "days"] };

/** Returns releases with their defaults; `false` where the site has none. */
export function resolveReleases(
  releases: ReleasesConfig | boolean | undefined,
): ResolvedReleases | false {
  if (releases === false) return false;
  const { keep = 10, days = 30 } = typeof releases === "object" ? releases : {};
  return { keep, days, isRequired: releases !== undefined };
}

/**
 * Refuses what releases cannot be.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidReleases(value: unknown): void {
  if (typeof value === "boolean") return;
  if (!isObject(value)) {
    throw invalid(
      `releases is not valid: got ${shown(value)}. Allowed: true, false, or an object, as in { keep: 10, days: 30 }.`,
    );
  }
  const fields = fieldsOf(shape, "releases", value);
  if (fields["keep"] !== undefined) refuseNoCount("releases.keep", fields["keep"], 1);
  if (fields["days"] !== undefined) refuseNoCount("releases.days", fields["days"], 0);
}
