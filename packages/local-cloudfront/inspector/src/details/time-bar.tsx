import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { spokenMs } from "../data/spoken.ts";
import { titleOf } from "./stage-words.ts";
import { timeByStage } from "./time-by-stage.ts";

interface TimeBarProps {
  readonly trace: Trace;
  readonly stages: readonly RequestStage[];
}

/** How long the request took in all, and how much of it each stage. */
export function TimeBar({ trace, stages }: TimeBarProps) {
  const { totalMs, parts } = timeByStage(trace, stages);
  return (
    <section class="time" aria-label="Time by stage">
      <div class="bar" aria-hidden="true">
        {parts.map(({ stage, ms }) => (
          <span key={stage} data-stage={stage} style={{ flexGrow: ms / totalMs }} />
        ))}
      </div>
      <dl>
        <div>
          <dt>In all</dt>
          <dd>{spokenMs(totalMs)}</dd>
        </div>
        {parts.map(({ stage, ms }) => (
          <div key={stage} data-stage={stage}>
            <dt>{stage === "cloudfront" ? "CloudFront itself" : titleOf(stage)}</dt>
            <dd>{spokenMs(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
