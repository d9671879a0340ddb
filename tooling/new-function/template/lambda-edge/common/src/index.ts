export { type MyFunctionOptions, compileMyFunction } from "./compile/options.ts";
export type { CompiledMyFunction } from "./edge/decide.ts";
export { createMyFunction } from "./edge/my-function.ts";
export {
  MyFunctionOptionsError,
  type MyFunctionOptionsErrorCode,
} from "./my-function-options-error.ts";
