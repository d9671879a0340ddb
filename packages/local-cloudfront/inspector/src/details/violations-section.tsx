import type { PolicyViolation } from "../../../src/policy-reports/policy-violation.ts";
import { violationsByRequest } from "../data/violations.ts";
import { Section } from "./section.tsx";

/** What the browser has blocked on a page, and what would allow it; nothing where it has blocked nothing. */
export function ViolationsSection({ requestId }: { readonly requestId: string }) {
  const violations = violationsByRequest.value.get(requestId) ?? [];
  if (violations.length === 0) return null;
  return (
    <Section id="violations" title="Blocked in the browser" state="failed">
      <ul class="violations">
        {violations.map((violation) => (
          <Violation key={JSON.stringify(violation)} violation={violation} />
        ))}
      </ul>
    </Section>
  );
}

function Violation({ violation }: { readonly violation: PolicyViolation }) {
  const { page, directive, blocked, place, isEnforced, setBy, remedy, count } = violation;
  return (
    <li>
      <p class="failure">
        <code>{directive}</code> of {setBy} {isEnforced ? "blocks" : "would block"}{" "}
        <code>{blocked}</code>
      </p>
      <p class="facts">
        <span>on {page}</span>
        {place !== undefined && <span>{place}</span>}
        {count > 1 && <span>{count} times</span>}
      </p>
      <p class="remedy">
        <span class="label">Allow it</span> <code>{remedy}</code>
      </p>
    </li>
  );
}
