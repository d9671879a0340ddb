import type { EventBody, Origin, ViewerRequest } from "cf-types";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import type { ResultWarning } from "./result-violation.ts";

/** The request in a request event. */
export type RequestInEvent = ViewerRequest & {
  readonly body?: EventBody;
  readonly origin?: Origin;
};

/** What a returned request is checked against. */
export interface RequestScope {
  readonly eventType: "viewer-request" | "origin-request";
  readonly request: RequestInEvent;
  readonly quotas: LambdaEdgeQuotas;
  readonly warnings: ResultWarning[];
}
