import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { copyAsCurl, copyAsTest, replay } from "../data/actions.ts";
import { served } from "../data/listen.ts";
import { selectedId } from "../data/selection.ts";
import { EditButton } from "./edit-button.tsx";
import { errorOf } from "./error-of.ts";
import { ResultName } from "./result-name.tsx";
import { Rule } from "./rule.tsx";
import { storyOf } from "./story.ts";
import { spokenMs, spokenTime, statusClass } from "../data/spoken.ts";

interface DetailsHeadProps {
  readonly trace: Trace;
  readonly stages: readonly RequestStage[];
}

/** What was requested and what came of it, in a few words, and what can be done with it. */
export function DetailsHead({ trace, stages }: DetailsHeadProps) {
  const { method, uri, querystring, status, resultType, detailedResultType } = trace;
  const error = errorOf(trace, stages);
  return (
    <header class="details-head">
      <button type="button" class="back" onClick={() => (selectedId.value = undefined)}>
        ← Requests
      </button>
      <h2>
        <span class="method">{method}</span> {uri}
        {querystring !== "" && <span class="querystring">?{querystring}</span>}
      </h2>
      {error !== undefined && (
        <div class="headline failure" role="group" aria-label="Error">
          <strong>{error.subject}</strong>
          <span>
            <Rule text={error.text} />
          </span>
        </div>
      )}
      <p class="facts">
        <span class="status" data-class={statusClass(status)}>
          {status} {trace.response.statusDescription}
        </span>
        <ResultName type={resultType} />
        {detailedResultType !== resultType && <span>{detailedResultType}</span>}
        <span>{spokenMs(trace.durationMs)}</span>
        <time>{spokenTime(trace.startedAtMs)}</time>
      </p>
      <p class="story">{storyOf(trace)}</p>
      <HeadActions trace={trace} />
    </header>
  );
}

/** What can be done with a request. */
function HeadActions({ trace }: { readonly trace: Trace }) {
  const { requestId } = trace;
  const url = served.value?.url;
  return (
    <div class="actions">
      <button type="button" onClick={() => void replay(requestId)}>
        Replay
      </button>
      <EditButton trace={trace} />
      <button
        type="button"
        disabled={url === undefined}
        onClick={() => void copyAsCurl(url ?? "", trace)}
      >
        Copy as curl
      </button>
      <button type="button" onClick={() => void copyAsTest(requestId)}>
        Copy as test
      </button>
      <a class="button" href={`/api/requests/${requestId}/har`} download>
        Save as HAR
      </a>
    </div>
  );
}
