import { effect, signal } from "@preact/signals";
import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { ask, type ApiResult } from "./ask.ts";

/** A request in all its details. */
export interface RequestDetails {
  readonly trace: Trace;
  readonly stages: readonly RequestStage[];
}

/** The request that is looked at; undefined for none. */
export const selectedId = signal<string | undefined>(undefined);

/** Its details; undefined until they are there. */
export const details = signal<ApiResult<RequestDetails> | undefined>(undefined);

/** Keeps the address and the selection the same, so that Back closes the details. */
export function followHash(): void {
  const read = (): void => {
    selectedId.value = decodeURIComponent(location.hash.slice(1)) || undefined;
  };
  read();
  addEventListener("hashchange", read);
  effect(() => {
    const hash = selectedId.value === undefined ? "" : `#${encodeURIComponent(selectedId.value)}`;
    if (hash === location.hash) return;
    const address = hash === "" ? location.pathname : hash;
    // From one request to another is no way back worth keeping.
    if (location.hash === "" && hash !== "") history.pushState(undefined, "", address);
    else history.replaceState(undefined, "", address);
  });
  effect(() => {
    void load(selectedId.value);
  });
}

async function load(requestId: string | undefined): Promise<void> {
  if (requestId === undefined) {
    details.value = undefined;
    return;
  }
  const result = await ask<RequestDetails>(`/api/requests/${requestId}`);
  // Meanwhile another may have been chosen.
  if (selectedId.peek() === requestId) details.value = result;
}
