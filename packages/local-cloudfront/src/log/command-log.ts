import type { Distribution, TemplateWarning } from "../distribution/distribution.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
import type { ReloadPlan } from "../distribution/plan-reload.ts";

/** What a log says when the distribution is served. */
export interface ServedResponse {
  readonly url: string;
  readonly inspectorUrl: string | undefined;
  readonly debuggerUrl: string | undefined;
  readonly distribution: Distribution;
  readonly warnings: readonly TemplateWarning[];
}

/** What the command writes while it serves. */
export interface CommandLog {
  /** @param hasKeys whether keys in the terminal do something */
  ready(served: ServedResponse, assembly: string, hasKeys: boolean): void;
  /** @param url signed with the key of the option, for all paths */
  signed(url: string): void;
  request(record: RequestRecord): void;
  /** @param violation what a browser has reported of a policy, again where it happens again */
  violation(violation: PolicyViolation): void;
  /** @param objects how many were dropped from the cache */
  invalidated(paths: readonly string[], objects: number): void;
  /** @param plan what has changed in the distribution, and what became of the cache */
  reloaded(plan: ReloadPlan): void;
  /**
   * @param files what has changed in the folders of origins
   * @param objects how many were dropped from the cache
   */
  originsChanged(files: readonly string[], objects: number): void;
  /** The traces so far, and the screen, are gone. */
  cleared(served: Pick<ServedResponse, "url">): void;
  /** @param notice a sentence that the developer should read */
  notice(notice: string): void;
  reloadFailed(message: string): void;
}
