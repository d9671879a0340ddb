import type { FunctionStep, Trace, TracedMember } from "../../../src/trace/trace.ts";
import { spokenMs } from "../data/spoken.ts";
import { ChangesTable } from "./changes-table.tsx";
import { EditButton } from "./edit-button.tsx";
import { JsonBlock } from "./json-block.tsx";
import { Rule } from "./rule.tsx";
import { memberWords, outcomeOf } from "./stage-words.ts";
import { TextBlock } from "./text-block.tsx";

interface FunctionSectionProps {
  readonly step: FunctionStep;
  readonly trace: Trace;
}

/** One invocation of a function. */
export function FunctionSection({ step, trace }: FunctionSectionProps) {
  const { run, failure } = step;
  return (
    <>
      <p class="facts">
        <strong class="function-name">
          {step.function.name} <span class="version">{step.function.version}</span>
        </strong>
        <span>{outcomeOf(step)}</span>
        <span>{spokenMs(run.durationMs)}</span>
        {run.initDurationMs !== undefined && <span>cold start {spokenMs(run.initDurationMs)}</span>}
        {run.maxMemoryUsedMb !== undefined && <span>{run.maxMemoryUsedMb} MB</span>}
        {step.function.kind === "cloudfront-function" && <span>{step.function.runtime}</span>}
      </p>
      {failure !== undefined && <FailureNote failure={failure} />}
      {run.warnings.map((warning) => (
        <p key={warning} class="warning">
          <Rule text={warning} />
        </p>
      ))}
      {step.members.map((member) => (
        <MemberSection key={member.name} member={member} />
      ))}
      {step.members.length === 0 && step.changes.length > 0 && (
        <ChangesTable changes={step.changes} />
      )}
      <Output step={step} />
      {failure?.stack !== undefined && (
        <TextBlock
          title={step.function.kind === "cloudfront-function" ? "Code" : "Stack"}
          text={failure.stack}
          isOpen
        />
      )}
      <div class="blocks">
        <JsonBlock title="Event" value={step.event} />
        <JsonBlock title="Result" value={step.result} isOpen={failure !== undefined} />
        <TextBlock title="Log" text={logOf(step)} />
      </div>
      {step.step === "viewer-request" && (
        <div class="actions">
          <EditButton trace={trace} />
        </div>
      )}
    </>
  );
}

/** What the function wrote, and what it read beside the event. */
function Output({ step }: { readonly step: FunctionStep }) {
  const { consoleLines, keyValueStoreReads, customLogData } = step;
  return (
    <>
      {consoleLines.length > 0 && (
        <TextBlock
          title={`Console (${consoleLines.length})`}
          text={consoleLines.join("\n")}
          isOpen
        />
      )}
      {keyValueStoreReads.length > 0 && (
        <TextBlock
          title={`Key value store (${keyValueStoreReads.length})`}
          text={keyValueStoreReads.join("\n")}
          isOpen
        />
      )}
      {customLogData !== undefined && (
        <TextBlock title="In the access log" text={customLogData} isOpen />
      )}
    </>
  );
}

/** Why the function cost its request, and what its viewer sees. */
function FailureNote({ failure }: { readonly failure: NonNullable<FunctionStep["failure"]> }) {
  return (
    <div class="failure">
      <p>
        <Rule text={`${failure.factId}: ${failure.detail}`} />
      </p>
      <p class="dim">
        CloudFront responds with {failure.status} and {failure.resultType}: {failure.viewerText}
      </p>
    </div>
  );
}

/** One package of a composed function: what it changed by itself. */
function MemberSection({ member }: { readonly member: TracedMember }) {
  const { name, version, outcome, changes } = member;
  return (
    <div class="member">
      <p class="facts">
        <strong class="function-name">
          {name} <span class="version">{version}</span>
        </strong>
        <span>{memberWords(member)}</span>
      </p>
      {outcome !== "not-run" && changes.length > 0 && <ChangesTable changes={changes} />}
    </div>
  );
}

/** The function's log, and below it CloudFront's own of a result that it refuses. */
function logOf({ run, failure }: FunctionStep): string {
  const { logGroupName, lines } = failure?.validationLog ?? { logGroupName: "", lines: [] };
  return [
    run.logGroupName,
    ...run.logLines,
    ...(logGroupName === "" ? [] : ["", logGroupName, ...lines]),
  ].join("\n");
}
