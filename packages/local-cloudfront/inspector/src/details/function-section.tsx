import type { FunctionStep } from "../../../src/trace/trace.ts";
import { spokenMs } from "../data/spoken.ts";
import { ChangesTable } from "./changes-table.tsx";
import { JsonBlock } from "./json-block.tsx";
import { Rule } from "./rule.tsx";
import { outcomeOf } from "./stage-words.ts";
import { TextBlock } from "./text-block.tsx";

/** One invocation of a function. */
export function FunctionSection({ step }: { readonly step: FunctionStep }) {
  const { run, failure, consoleLines } = step;
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
      {failure !== undefined && (
        <div class="failure">
          <p>
            <Rule text={`${failure.factId}: ${failure.detail}`} />
          </p>
          <p class="dim">
            CloudFront answers {failure.status} and {failure.resultType}: {failure.viewerText}
          </p>
        </div>
      )}
      {run.warnings.map((warning) => (
        <p key={warning} class="warning">
          <Rule text={warning} />
        </p>
      ))}
      {step.changes.length > 0 && <ChangesTable changes={step.changes} />}
      {consoleLines.length > 0 && (
        <TextBlock
          title={`Console (${consoleLines.length})`}
          text={consoleLines.join("\n")}
          isOpen
        />
      )}
      {step.keyValueStoreReads.length > 0 && (
        <TextBlock
          title={`Key value store (${step.keyValueStoreReads.length})`}
          text={step.keyValueStoreReads.join("\n")}
          isOpen
        />
      )}
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
    </>
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
