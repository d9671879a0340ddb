import type { Trace } from "../../../src/trace/trace.ts";
import { copy, replay } from "../data/actions.ts";
import { curlCommand } from "../data/curl-command.ts";
import { served } from "../data/listen.ts";
import { selectedId } from "../data/selection.ts";
import { storyOf } from "./story.ts";
import { spokenMs, spokenTime, statusClass } from "../data/spoken.ts";

/** What was asked and answered, in a few words, and what can be done with it. */
export function DetailsHead({ trace }: { readonly trace: Trace }) {
  const { method, uri, querystring, status, resultType, detailedResultType, request } = trace;
  const url = served.value?.url;
  return (
    <header class="details-head">
      <button type="button" class="back" onClick={() => (selectedId.value = undefined)}>
        ← Requests
      </button>
      <h2>
        <span class="method">{method}</span> {uri}
        {querystring !== "" && <span class="querystring">?{querystring}</span>}
      </h2>
      <p class="facts">
        <span class="status" data-class={statusClass(status)}>
          {status} {trace.response.statusDescription}
        </span>
        <span class="result" data-result={resultType}>
          {resultType} from cloudfront
        </span>
        {detailedResultType !== resultType && <span>{detailedResultType}</span>}
        <span>{spokenMs(trace.durationMs)}</span>
        <time>{spokenTime(trace.startedAtMs)}</time>
      </p>
      <p class="story">{storyOf(trace)}</p>
      <div class="actions">
        <button
          type="button"
          disabled={url === undefined}
          onClick={() => void copy(curlCommand(url ?? "", request), "The curl command")}
        >
          Copy as curl
        </button>
        <button
          type="button"
          disabled={request.bodyBytes > 0}
          title={
            request.bodyBytes > 0 ? "Its body is not kept, so it cannot be sent again." : undefined
          }
          onClick={() => void replay(trace.requestId)}
        >
          Replay
        </button>
      </div>
    </header>
  );
}
