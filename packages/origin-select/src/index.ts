export {
  type OriginSelectFinding,
  type OriginSelectSurroundings,
  checkOriginSelect,
} from "./check/check-origin-select.ts";
export { compileOriginSelect } from "./compile/compile-origin-select.ts";
export type {
  OriginRule,
  OriginSelectOptions,
  OriginSplit,
  SelectableOrigin,
} from "./compile/origin-select-options.ts";
export type {
  CompiledCondition,
  CompiledOrigin,
  CompiledOriginRule,
  CompiledOriginSelect,
  CompiledSplit,
  OriginCall,
} from "./edge/compiled-origin-select.ts";
export type { OriginDecision } from "./edge/decide.ts";
export { type OriginSelectHandler, createOriginSelect } from "./edge/origin-select.ts";
export {
  type ExplainedOriginRequest,
  type OriginSelectExplanation,
  explainOriginSelect,
} from "./explain/explain-origin-select.ts";
export {
  OriginSelectOptionsError,
  type OriginSelectOptionsErrorCode,
} from "./origin-select-options-error.ts";
