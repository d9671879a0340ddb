import type { RequestKind } from "../../../src/inspector/request-kind.ts";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";

/** What came of a request. */
export type RequestResult = "hit" | "miss" | "error";

/** Which requests are shown. */
export interface RequestFilter {
  /** Words that must occur; one with `-` before it must not. */
  readonly text: string;
  /** Undefined for all. */
  readonly kind: RequestKind | undefined;
  /** Undefined for all. */
  readonly result: RequestResult | undefined;
}

/** Returns the requests that a filter lets through, the newest first. */
export function selectRequests(
  requests: readonly RequestSummary[],
  { text, kind, result }: RequestFilter,
): readonly RequestSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "-");
  const selected: RequestSummary[] = [];
  for (let index = requests.length - 1; index >= 0; index -= 1) {
    const request = requests[index];
    if (request === undefined) continue;
    if (kind !== undefined && request.kind !== kind) continue;
    if (result !== undefined && !hasResult(request, result)) continue;
    if (hasWords(request, words)) selected.push(request);
  }
  return selected;
}

function hasResult(
  { resultType, status, failedWith }: RequestSummary,
  result: RequestResult,
): boolean {
  switch (result) {
    case "hit":
      return resultType === "Hit" || resultType === "RefreshHit";
    case "miss":
      return resultType === "Miss";
    case "error":
      return status >= 400 || failedWith !== undefined;
  }
}

function hasWords(request: RequestSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { method, uri, rewrittenTo = "", status, resultType } = request;
  const { failedWith = "", error = "" } = request;
  const text =
    `${method} ${uri} ${rewrittenTo} ${status} ${resultType} ${failedWith} ${error}`.toLowerCase();
  return words.every((word) =>
    word.startsWith("-") ? !text.includes(word.slice(1)) : text.includes(word),
  );
}
