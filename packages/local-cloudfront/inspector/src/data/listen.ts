import { signal } from "@preact/signals";
import type { ServedDistribution } from "../../../src/inspector/describe-served.ts";
import type { PolicyViolation } from "../../../src/policy-reports/policy-violation.ts";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { ask } from "./ask.ts";
import { addRequests, requests } from "./requests.ts";
import { violations } from "./violations.ts";
import { selectedId } from "./selection.ts";

/** Whether the inspector is heard of. */
export const connection = signal<"connecting" | "live" | "lost">("connecting");

/** What is served; undefined until it is known. */
export const served = signal<ServedDistribution | undefined>(undefined);

/** Listens for requests for as long as the page is open. */
export function listen(): void {
  const source = new EventSource("/api/requests");
  source.addEventListener("open", () => {
    connection.value = "live";
    void askWhatIsServed();
  });
  source.addEventListener("error", () => {
    connection.value = "lost";
  });
  source.addEventListener("requests", ({ data }: MessageEvent<string>) =>
    addRequests(JSON.parse(data) as readonly RequestSummary[]),
  );
  source.addEventListener("violations", ({ data }: MessageEvent<string>) => {
    violations.value = JSON.parse(data) as readonly PolicyViolation[];
  });
  source.addEventListener("served", ({ data }: MessageEvent<string>) => {
    served.value = JSON.parse(data) as ServedDistribution;
  });
  source.addEventListener("cleared", () => {
    if (requests.value.length > 0) selectedId.value = undefined;
    requests.value = [];
    violations.value = [];
    void askForViolations();
  });
}

async function askForViolations(): Promise<void> {
  const result = await ask<readonly PolicyViolation[]>("/api/violations");
  if ("value" in result) violations.value = result.value;
}

async function askWhatIsServed(): Promise<void> {
  const result = await ask<ServedDistribution>("/api/served");
  if ("value" in result) served.value = result.value;
}
