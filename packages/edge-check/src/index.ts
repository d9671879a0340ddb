export { checkAssembly } from "./check-assembly.ts";
export type { CheckOptions } from "./check-options.ts";
export { EdgeCheckError } from "./edge-check-error.ts";
export type { EdgeFinding, FindingPlace } from "./finding.ts";
export { formatFindings } from "./format-findings.ts";
export type { RuleDescription } from "./rules/rule-catalogue.ts";
export { unreadParts, type UnreadPart } from "./unread-parts.ts";
export { ruleCatalogue } from "./rules/rule-catalogue.ts";
