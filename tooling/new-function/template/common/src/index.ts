export { type MyFunctionOptions, compileMyFunction } from "./compile/options.ts";
export type { CompiledMyFunction } from "./edge/decide.ts";
export {
  MyFunctionOptionsError,
  type MyFunctionOptionsErrorCode,
} from "./my-function-options-error.ts";
