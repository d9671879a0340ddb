import type { TemplateResource } from "cloud-assembly";
import type { EdgeFinding } from "../finding.ts";

/** What a rule finds, before its place on disk is looked up. */
export interface RuleHit extends Omit<EdgeFinding, "place"> {
  readonly resource: TemplateResource;
  /** Within the resource, as in `Properties.Timeout`. */
  readonly property: string;
}
