import type { ComponentChildren } from "preact";
import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { PolicyStep, Trace } from "../../../src/trace/trace.ts";
import { isNarrow } from "../data/is-narrow.ts";
import { ChangesTable } from "./changes-table.tsx";
import { CacheSteps } from "./cache-steps.tsx";
import { FunctionSection } from "./function-section.tsx";
import { OriginSection } from "./origin-section.tsx";
import { Rule } from "./rule.tsx";
import { Section } from "./section.tsx";
import { titleOf } from "./stage-words.ts";
import { ResponseSection, ViewerSection } from "./viewer-sections.tsx";

interface StageSectionsProps {
  readonly trace: Trace;
  readonly stages: readonly RequestStage[];
}

/** The stages one below the other, from the viewer to the viewer; on a narrow page what failed comes first. */
export function StageSections({ trace, stages }: StageSectionsProps) {
  const first = isNarrow.value ? stages.filter(({ state }) => state === "failed") : [];
  const others = stages.filter((stage) => !first.includes(stage));
  return (
    <div class="sections">
      {first.map((stage) => (
        <StageSection key={stage.stage} stage={stage} trace={trace} />
      ))}
      <ViewerSection trace={trace} />
      {others.map((stage) => (
        <StageSection key={stage.stage} stage={stage} trace={trace} />
      ))}
      <ResponseSection trace={trace} />
    </div>
  );
}

/** The response headers policy is applied before viewer-response, whether a function runs there or not. */
function policiesAt({ stage }: RequestStage, { steps }: Trace): readonly PolicyStep[] {
  if (stage !== "viewer-response") return [];
  return steps.filter((step) => step.step === "response-headers-policy");
}

interface StageSectionProps {
  readonly stage: RequestStage;
  readonly trace: Trace;
}

function StageSection({ stage, trace }: StageSectionProps) {
  const policies = policiesAt(stage, trace);
  const note =
    stage.state === "absent" ? "No function" : stage.state === "skipped" ? "Skipped" : "";
  return (
    <Section id={stage.stage} title={titleOf(stage.stage)} state={stage.state} note={note}>
      {policies.map((step, index) => (
        <PolicySection key={index} step={step} />
      ))}
      {stage.steps.length === 0 ? (
        <p class="reason">
          <Rule text={stage.reason} />
        </p>
      ) : (
        contentOf(stage, trace)
      )}
    </Section>
  );
}

function PolicySection({ step: { policy, changes } }: { readonly step: PolicyStep }) {
  return (
    <div class="member">
      <p class="facts">
        <strong>Response headers policy</strong>
        <span>{policy}</span>
        <span>{changes.length === 0 ? "unchanged" : "before the function"}</span>
      </p>
      {changes.length > 0 && <ChangesTable changes={changes} />}
    </div>
  );
}

function contentOf({ stage, steps }: RequestStage, trace: Trace): ComponentChildren {
  if (stage === "cache") return <CacheSteps steps={steps} />;
  return steps.map((step, index) => {
    if ("run" in step) return <FunctionSection key={index} step={step} trace={trace} />;
    if (step.step === "origin") return <OriginSection key={index} step={step} />;
    if (step.step === "origin-failover") {
      return (
        <p key={index} class="reason">
          The origin group fails over from {step.from} to {step.to}.
        </p>
      );
    }
    return null;
  });
}
