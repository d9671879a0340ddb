import type { EdgeFinding } from "../finding.ts";
import type { FailOn } from "../stops.ts";
import type { UnreadPart } from "../unread-parts.ts";

/** What a check found, and what it could not judge. */
export interface CheckReport {
  readonly findings: readonly EdgeFinding[];
  readonly unread: readonly UnreadPart[];
  /**
   * From which severity on a finding stops.
   * @default "error"
   */
  readonly failOn?: FailOn;
}
