export { type MyFunctionOptions, compileMyFunction } from "./compile/options.ts";
export { type CompiledMyFunction, createMyFunction } from "./edge/my-function.ts";
export {
  MyFunctionOptionsError,
  type MyFunctionOptionsErrorCode,
} from "./my-function-options-error.ts";
