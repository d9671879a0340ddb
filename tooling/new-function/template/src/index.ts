export { type CompiledMyFunction, type MyFunctionOptions, compileMyFunction } from "./options.ts";
export { createMyFunction } from "./my-function.ts";
export {
  MyFunctionOptionsError,
  type MyFunctionOptionsErrorCode,
} from "./my-function-options-error.ts";
