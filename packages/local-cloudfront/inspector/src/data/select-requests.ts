import type { RequestSummary } from "../../../src/inspector/request-summary.ts";

/** Which requests are shown. */
export type RequestKind = "all" | "hits" | "misses" | "errors";

/**
 * Returns the requests of a kind in which each word of the text occurs, the newest first. A word
 * with `-` before it must not occur.
 */
export function selectRequests(
  requests: readonly RequestSummary[],
  text: string,
  kind: RequestKind,
): readonly RequestSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "-");
  const selected: RequestSummary[] = [];
  for (let index = requests.length - 1; index >= 0; index -= 1) {
    const request = requests[index];
    if (request !== undefined && isOfKind(request, kind) && hasWords(request, words)) {
      selected.push(request);
    }
  }
  return selected;
}

function isOfKind({ resultType, status, failedWith }: RequestSummary, kind: RequestKind): boolean {
  switch (kind) {
    case "all":
      return true;
    case "hits":
      return resultType === "Hit" || resultType === "RefreshHit";
    case "misses":
      return resultType === "Miss";
    case "errors":
      return status >= 400 || failedWith !== undefined;
  }
}

function hasWords(request: RequestSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { method, uri, rewrittenTo = "", status, resultType, failedWith = "" } = request;
  const text =
    `${method} ${uri} ${rewrittenTo} ${status} ${resultType} ${failedWith}`.toLowerCase();
  return words.every((word) =>
    word.startsWith("-") ? !text.includes(word.slice(1)) : text.includes(word),
  );
}
