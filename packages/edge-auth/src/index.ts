export { compileEdgeAuth } from "./compile/compile-edge-auth.ts";
export type {
  AuthRule,
  BasicOptions,
  EdgeAuthOptions,
  TokenOptions,
} from "./compile/edge-auth-options.ts";
export type { CompiledEdgeAuth } from "./edge/compiled-edge-auth.ts";
export { createEdgeAuth } from "./edge/edge-auth.ts";
export type { Clock } from "./edge/clock.ts";
export type { EdgeAuthPorts } from "./edge/edge-auth-ports.ts";
export { EdgeAuthOptionsError, type EdgeAuthOptionsErrorCode } from "./edge-auth-options-error.ts";
export {
  type AuthExplanation,
  type ExplainedRequest,
  explainEdgeAuth,
} from "./explain/explain-edge-auth.ts";
