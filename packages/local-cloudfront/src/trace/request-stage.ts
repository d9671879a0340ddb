import type { TraceStep } from "./trace.ts";

/** The stages of CloudFront that a request can pass, in AWS's order. */
export type StageName =
  | "viewer-request"
  | "cache"
  | "origin-request"
  | "origin"
  | "origin-response"
  | "viewer-response";

/** One stage of a record: what happened there, or why nothing did. */
export interface RequestStage {
  readonly stage: StageName;
  /**
   * `absent`: there is nothing to pass, as no function is associated. `skipped`: it was not passed,
   * for the reason that `reason` gives.
   */
  readonly state: "passed" | "failed" | "skipped" | "absent";
  /** Why it was skipped, or what went wrong; empty for the rest. */
  readonly reason: string;
  /** Of the trace, in order; several where an origin group or an error page made it pass again. */
  readonly steps: readonly TraceStep[];
}
