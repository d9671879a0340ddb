import type { OriginStep } from "../../../src/trace/trace.ts";
import { spokenBytes, spokenMs, statusClass } from "../data/spoken.ts";
import { HeaderTable } from "./header-table.tsx";

/** One exchange with an origin. */
export function OriginSection({ step }: { readonly step: OriginStep }) {
  const { originId, originKind, domainName, status, response, failure } = step;
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
      <div class="blocks">
        <HeaderTable title="Request headers" headers={step.request.headers} />
        {response !== undefined && (
          <HeaderTable title="Response headers" headers={response.headers} />
        )}
      </div>
    </>
  );
}
