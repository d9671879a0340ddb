export { compileEdgeSignIn } from "./compile/compile-edge-sign-in.ts";
export type { EdgeSignInOptions, SecretSource } from "./compile/edge-sign-in-options.ts";
export type { CompiledEdgeSignIn, Secret } from "./edge/compiled-edge-sign-in.ts";
export { createEdgeSignIn } from "./edge/edge-sign-in.ts";
export type { Clock, SignInPorts } from "./edge/sign-in-ports.ts";
export {
  type ExplainedRequest,
  explainEdgeSignIn,
  type SignInExplanation,
} from "./explain/explain-edge-sign-in.ts";
export {
  EdgeSignInOptionsError,
  type EdgeSignInOptionsErrorCode,
} from "./edge-sign-in-options-error.ts";
