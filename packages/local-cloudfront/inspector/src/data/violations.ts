import { computed, signal } from "@preact/signals";
import type { PolicyViolation } from "../../../src/policy-reports/policy-violation.ts";

/** What browsers have blocked by the policies of pages, each once. */
export const violations = signal<readonly PolicyViolation[]>([]);

/** The same by the request of the page. */
export const violationsByRequest = computed(() =>
  Map.groupBy(violations.value, ({ requestId }) => requestId ?? ""),
);
