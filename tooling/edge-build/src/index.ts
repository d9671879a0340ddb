export { buildEdgeFunction } from "./build-edge-function.ts";
export { EdgeBuildError, type EdgeBuildErrorCode } from "./edge-build-error.ts";
