export { buildEdgeFunction } from "./build-edge-function.ts";
export { describeBuildError } from "./describe-build-error.ts";
export { EdgeBuildError, type EdgeBuildErrorCode } from "./edge-build-error.ts";
