import { useEffect, useRef } from "preact/hooks";
import { details, selectedId, type RequestDetails } from "../data/selection.ts";
import { DetailsHead } from "./details-head.tsx";
import { RequestMap } from "./request-map.tsx";
import { StageSections } from "./stage-sections.tsx";
import { TimeBar } from "./time-bar.tsx";
import { ViolationsSection } from "./violations-section.tsx";
import { Legend } from "./legend.tsx";

/** The request that is looked at, in all its details. */
export function DetailsPane() {
  const pane = useRef<HTMLElement>(null);
  const id = selectedId.value;
  useEffect(() => {
    pane.current?.scrollTo(0, 0);
  }, [id]);
  const result = id === undefined ? undefined : details.value;
  return (
    <section ref={pane} class="details-pane" aria-label="The selected request" tabIndex={-1}>
      {id === undefined && <Legend />}
      {result !== undefined && "problem" in result && id !== undefined && (
        <Gone problem={result.problem} />
      )}
      {result !== undefined && "value" in result && <Details details={result.value} />}
    </section>
  );
}

function Details({ details: { trace, stages } }: { readonly details: RequestDetails }) {
  return (
    <article>
      <DetailsHead trace={trace} stages={stages} />
      <ViolationsSection requestId={trace.requestId} />
      <RequestMap trace={trace} stages={stages} />
      <TimeBar trace={trace} stages={stages} />
      <StageSections trace={trace} stages={stages} />
    </article>
  );
}

function Gone({ problem }: { readonly problem: string }) {
  return (
    <div class="legend">
      <p>{problem}</p>
      <button type="button" class="back" onClick={() => (selectedId.value = undefined)}>
        Back to the list
      </button>
    </div>
  );
}
