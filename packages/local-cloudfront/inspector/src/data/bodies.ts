import type { ShownBody } from "../../../src/inspector/show-body.ts";
import { ask, type ApiResult } from "./ask.ts";

/** The bodies of a request and of its response; an empty one is not there. */
export interface ShownBodies {
  readonly request?: ShownBody;
  readonly response?: ShownBody;
}

/** Asks for the bodies of a request. */
export function loadBodies(requestId: string): Promise<ApiResult<ShownBodies>> {
  return ask<ShownBodies>(`/api/requests/${requestId}/bodies`);
}
