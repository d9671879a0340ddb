import type { Trace, TraceStep } from "../../../src/trace/trace.ts";
import { spokenBytes, statusClass } from "../data/spoken.ts";
import { MessageBlocks } from "./message-blocks.tsx";
import { Rule } from "./rule.tsx";
import { Section } from "./section.tsx";

/** What the viewer sent, and which cache behavior it met. */
export function ViewerSection({ trace }: { readonly trace: Trace }) {
  const { request, steps } = trace;
  return (
    <Section id="viewer" title="Viewer" state="passed">
      <p class="line">
        {request.method} {request.uri}
        {request.querystring !== "" && `?${request.querystring}`}
      </p>
      <p class="facts">
        <span>{request.protocol.toUpperCase()}</span>
        <span>HTTP/{request.httpVersion}</span>
        <span>from {request.clientIp}</span>
        {request.bodyBytes > 0 && <span>{spokenBytes(request.bodyBytes)} of body</span>}
      </p>
      {steps.map((step, index) => (
        <MetStep key={index} step={step} />
      ))}
      <MessageBlocks trace={trace} message="request" />
    </Section>
  );
}

/** What CloudFront decided before any function ran. */
function MetStep({ step }: { readonly step: TraceStep }) {
  switch (step.step) {
    case "cache-behavior": {
      const others = step.patternsTried.slice(0, -1);
      return (
        <p class="behavior">
          <span class="label">Cache behavior</span> <code>{step.pathPattern}</code>
          {others.length > 0 && (
            <span class="dim">
              after {others.slice(0, 8).join(", ")}
              {others.length > 8 && ` and ${others.length - 8} more`}
            </span>
          )}
        </p>
      );
    }
    case "refused":
      return (
        <p class="failure">
          <Rule text={step.reason} />
        </p>
      );
    case "viewer-protocol-policy":
      return (
        <p class="reason">
          The viewer protocol policy {step.policy} responds with {step.status}.
        </p>
      );
    default:
      return null;
  }
}

/** What the viewer got. */
export function ResponseSection({ trace }: { readonly trace: Trace }) {
  const { response, steps } = trace;
  const page = steps.find((step) => step.step === "custom-error-response");
  return (
    <Section id="response" title="Response" state="passed">
      <p class="facts">
        <span class="status" data-class={statusClass(response.status)}>
          {response.status} {response.statusDescription}
        </span>
        <span>{spokenBytes(response.bodyBytes)}</span>
      </p>
      {page?.step === "custom-error-response" && (
        <p class="reason">
          For {page.errorCode}, the custom error response serves {page.responsePagePath} with status{" "}
          {page.responseCode}.
        </p>
      )}
      <MessageBlocks trace={trace} message="response" />
    </Section>
  );
}
