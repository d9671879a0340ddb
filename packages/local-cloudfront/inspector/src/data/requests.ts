import { computed, signal } from "@preact/signals";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { selectRequests, type RequestKind } from "./select-requests.ts";

const maxRequests = 10_000;

/** All requests that the page knows, the oldest first. */
export const requests = signal<readonly RequestSummary[]>([]);

/** What the filter says. */
export const filterText = signal("");
export const filterKind = signal<RequestKind>("all");

/** The requests that the filter lets through, the newest first. */
export const shownRequests = computed(() =>
  selectRequests(requests.value, filterText.value, filterKind.value),
);

/** Takes new requests in. */
export function addRequests(added: readonly RequestSummary[]): void {
  requests.value = [...requests.value, ...added].slice(-maxRequests);
}
