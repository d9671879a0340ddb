import type { Distribution, TemplateWarning } from "../distribution/distribution.ts";
import type { Trace } from "../edge-location/trace.ts";

/** What a log says when the distribution is served. */
export interface Served {
  readonly url: string;
  readonly distribution: Distribution;
  readonly warnings: readonly TemplateWarning[];
}

/** What the command writes while it serves. */
export interface CommandLog {
  ready(served: Served, assembly: string): void;
  request(trace: Trace): void;
  reloaded(): void;
  reloadFailed(message: string): void;
}
