export type { Answers, Domain, Engine } from "./answers.ts";
export type { Terminal } from "cf-command-line";
export type { GivenAnswers } from "./ask.ts";
export { CreateCfEdgeError, type CreateCfEdgeErrorCode } from "./create-cf-edge-error.ts";
export {
  createSite,
  type CreatedSite,
  type CreateSiteOptions,
  type ProjectKind,
} from "./create-site.ts";
export type { FileChange, Plan, Versions } from "./plan/plan-changes.ts";
