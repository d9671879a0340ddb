import type { OriginInvocationTrace, OriginStep } from "../../../src/trace/trace.ts";
import { spokenBytes, spokenMs, statusClass } from "../data/spoken.ts";
import { HeaderTable } from "./header-table.tsx";
import { JsonBlock } from "./json-block.tsx";
import { Rule } from "./rule.tsx";
import { TextBlock } from "./text-block.tsx";

/** One exchange with an origin. */
export function OriginSection({ step }: { readonly step: OriginStep }) {
  const { originId, originKind, domainName, status, response, failure, reason, invocation } = step;
  return (
    <>
      <p class="facts">
        <strong>{originId}</strong>
        <span>{originKind === "s3" ? "S3 bucket" : "custom origin"}</span>
        {status !== undefined && (
          <span class="status" data-class={statusClass(status)}>
            {status}
          </span>
        )}
        <span>{spokenMs(step.durationMs)}</span>
        {response !== undefined && <span>{spokenBytes(response.bodyBytes)}</span>}
      </p>
      <p class="line">
        {step.method} {step.uri} <span class="dim">at {domainName}</span>
      </p>
      {failure !== undefined && <p class="failure">{failure}</p>}
      {reason !== undefined && (
        <p class="warning">
          <Rule text={reason} />
        </p>
      )}
      {invocation !== undefined && <OriginFunction invocation={invocation} />}
      <div class="blocks">
        <HeaderTable title="Request headers" headers={step.request.headers} />
        {response !== undefined && (
          <HeaderTable title="Response headers" headers={response.headers} />
        )}
      </div>
    </>
  );
}

/** The Lambda function behind the origin, which ran on this machine. */
function OriginFunction({ invocation }: { readonly invocation: OriginInvocationTrace }) {
  const { name, runtime, durationMs, initDurationMs, consoleLines, failure } = invocation;
  return (
    <>
      <p class="facts">
        <strong class="function-name">
          {name} <span class="version">{runtime}</span>
        </strong>
        <span>{spokenMs(durationMs)}</span>
        {initDurationMs !== undefined && <span>cold start {spokenMs(initDurationMs)}</span>}
        <span>{invocation.maxMemoryUsedMb} MB</span>
      </p>
      {failure !== undefined && <p class="failure">{failure.detail}</p>}
      {consoleLines.length > 0 && (
        <TextBlock
          title={`Console (${consoleLines.length})`}
          text={consoleLines.join("\n")}
          isOpen
        />
      )}
      {failure?.stack !== undefined && <TextBlock title="Stack" text={failure.stack} isOpen />}
      <div class="blocks">
        <JsonBlock title="Event" value={invocation.event} />
        <JsonBlock title="Result" value={invocation.result} isOpen={failure !== undefined} />
        <TextBlock
          title="Log"
          text={[invocation.logGroupName, ...invocation.logLines].join("\n")}
        />
      </div>
    </>
  );
}
