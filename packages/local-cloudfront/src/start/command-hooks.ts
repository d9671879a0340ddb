import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";

/** What the command does with a local CloudFront that the library does not offer. */
export interface CommandHooks {
  /**
   * Listeners to the record of each request. Unlike a trace, a record has secrets in it, and costs nothing to make.
   */
  readonly records: Set<(record: RequestRecord) => void>;
  /** Listeners to what browsers report of a policy. */
  readonly violations: Set<(violation: PolicyViolation) => void>;
  /** Listeners to sentences that the developer should read. */
  readonly notices: Set<(notice: string) => void>;
  /** Keeps the last good build of the origins' folders from now on, so that a build under way is no 404. */
  keepLastBuilds(): Promise<void>;
  /** Files in the folders of origins have changed. */
  originsChanged(): void;
  /** Loads the pages of browsers again. */
  reloadBrowsers(): void;
}

const hooksOf = new WeakMap<object, CommandHooks>();

/** Says what the command can do with a local CloudFront. */
export function rememberHooks(cloudfront: object, hooks: CommandHooks): void {
  hooksOf.set(cloudfront, hooks);
}

/** Returns what the command can do with a local CloudFront. */
export function hooksFor(cloudfront: object): CommandHooks {
  const hooks = hooksOf.get(cloudfront);
  if (hooks === undefined) throw new TypeError("This is no local CloudFront.");
  return hooks;
}
