import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { ResultName } from "../details/result-name.tsx";
import { violationsByRequest } from "../data/violations.ts";
import { spokenMs, spokenTime, statusClass } from "../data/spoken.ts";

/** Pixels; the style sheet says the same. */
export const rowHeight = 56;

interface RequestRowProps {
  readonly request: RequestSummary;
  readonly index: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

/** One request in the list. */
export function RequestRow({ request, index, count, isSelected, onSelect }: RequestRowProps) {
  const { method, uri, rewrittenTo, status, resultType, durationMs, startedAtMs } = request;
  const blocked = violationsByRequest.value.get(request.requestId)?.length ?? 0;
  return (
    <div
      id={rowId(request)}
      class="request-row"
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={onSelect}
    >
      <span class="status" data-class={statusClass(status)}>
        {status}
      </span>
      <span class="target" title={uri}>
        {method !== "GET" && <b>{method} </b>}
        {uri}
      </span>
      <span class="took">{spokenMs(durationMs)}</span>
      <span class="told">
        <ResultName type={resultType} />
        {rewrittenTo !== undefined && <span class="rewritten">→ {rewrittenTo}</span>}
        {blocked > 0 && <span class="failed">CSP blocks {blocked}</span>}
        {request.error !== undefined && (
          <span class="error" title={request.error}>
            {request.error}
          </span>
        )}
      </span>
      <time>{spokenTime(startedAtMs)}</time>
    </div>
  );
}

/** The id of a row's element. */
export function rowId({ number }: RequestSummary): string {
  return `request-${number}`;
}
