import type { RequestStage, StageName } from "../../../src/trace/request-stage.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { captionOf, titleOf } from "./stage-words.ts";

interface RequestMapProps {
  readonly trace: Trace;
  readonly stages: readonly RequestStage[];
}

/** How many links away from the viewer each stage is. */
const distance: Readonly<Record<StageName, number>> = {
  "viewer-request": 1,
  cache: 2,
  "origin-request": 3,
  origin: 4,
  "origin-response": 4,
  "viewer-response": 1,
};

/**
 * The way of the request and of its response: out on the upper lane, back on the lower one. What was
 * not passed is there, but faint.
 */
export function RequestMap({ trace, stages }: RequestMapProps) {
  const reach = reachOf(stages);
  return (
    <nav class="request-map" aria-label="The way of this request">
      <a class="station end viewer" href="#" onClick={(event) => jump(event, "viewer")}>
        <strong>Viewer</strong>
        <span>{trace.method}</span>
        <span>{trace.status}</span>
      </a>
      {stages.map((stage) => (
        <a
          key={stage.stage}
          class={`station ${stage.stage}`}
          data-state={stage.state}
          href="#"
          title={stage.reason === "" ? undefined : stage.reason}
          onClick={(event) => jump(event, stage.stage)}
        >
          <strong>{titleOf(stage.stage)}</strong>
          {captionOf(stage).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </a>
      ))}
      {[1, 2, 3, 4].map((link) => (
        <span key={link} class={`link out l${link}`} data-passed={link <= reach} />
      ))}
      {[1, 2, 3, 4].map((link) => (
        <span key={link} class={`link home l${link}`} data-passed={link <= reach} />
      ))}
    </nav>
  );
}

/** How far the request came. */
function reachOf(stages: readonly RequestStage[]): number {
  return stages
    .filter(
      ({ state, stage }) =>
        state !== "skipped" && state !== "absent" && stage !== "viewer-response",
    )
    .reduce((furthest, { stage }) => Math.max(furthest, distance[stage]), 1);
}

/** The address names the request; within it, the section is scrolled to. */
function jump(event: MouseEvent, section: string): void {
  event.preventDefault();
  const target = document.querySelector<HTMLElement>(`#stage-${section}`);
  target?.scrollIntoView({ behavior: "smooth", block: "start" });
  target?.focus({ preventScroll: true });
}
