import type { EdgeFinding } from "./finding.ts";

/** From which severity on a finding stops a synth or a pipeline. */
export type FailOn = "error" | "warning";

/** Says whether a finding stops. Information never does. */
export function stops({ severity }: EdgeFinding, failOn: FailOn): boolean {
  return severity === "error" || severity === failOn;
}
