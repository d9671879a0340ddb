import type { Distribution } from "../distribution/distribution.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
import type { KeptBodies } from "../trace/kept-bodies.ts";
import type { Trace } from "../trace/trace.ts";
import type { RequestEdits } from "./request-edits.ts";

/** What is kept of the bodies of a request. */
export interface InspectedBodies extends KeptBodies {
  /** Takes the secrets of the request and of its response out of a text. */
  readonly mask: (text: string) => string;
}

/** All that the inspector sees of the local CloudFront, and all that it can do there. */
export interface Inspected {
  /** Where viewers reach it. */
  readonly url: string;
  /** The distribution that is served now. */
  distribution(): Distribution;
  /** Returns the trace of a request; undefined where it is not kept any more. */
  find(requestId: string): Trace | undefined;
  /** The traces that are kept, the oldest first. */
  traces(): readonly Trace[];
  /** With which the local CloudFront was started. */
  readonly options: LocalCloudFrontOptions;
  /** Returns the bodies of a request; undefined where they are not kept any more. */
  bodies(requestId: string): InspectedBodies | undefined;
  /**
   * Called when a page is opened: somebody looks, so that traces are kept of as many requests as are
   * listed, as far as the memory for traces reaches.
   *
   * @param listed how many requests the list holds
   */
  keepTraces(listed: number): void;
  /** What browsers have reported of the policies that went out, each once. */
  violations(): readonly PolicyViolation[];
  /** Calls the listener with each violation from now on. */
  onViolation(listener: (violation: PolicyViolation) => void): void;
  /** Forgets the traces so far, those in the list too. */
  clear(): void;
  /**
   * Invalidates cached objects and returns how many were dropped.
   *
   * @throws {LocalCloudFrontError} when CloudFront would refuse a path
   */
  invalidate(paths: readonly string[]): number;
  /**
   * Sends a request again, as its viewer sent it but for the edits, and returns the id of the new one;
   * undefined where the request is not kept any more.
   *
   * @throws {LocalCloudFrontError} when it cannot be sent again
   */
  replay(requestId: string, edits: RequestEdits): Promise<string | undefined>;
}
