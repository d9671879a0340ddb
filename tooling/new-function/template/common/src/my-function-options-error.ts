import { CodedError } from "option-checks";

/** What is wrong with the options of my-function. */
export type MyFunctionOptionsErrorCode =
  /** An option that my-function does not have. */
  | "UNKNOWN_OPTION"
  /** An option has the wrong type. */
  | "INVALID_TYPE"
  /** The greeting is empty, or holds what a header cannot. */
  | "INVALID_VALUE";

/** A mistake in the options of my-function: which option, its value, what is allowed. */
export class MyFunctionOptionsError extends CodedError<MyFunctionOptionsErrorCode> {
  override readonly name = "MyFunctionOptionsError";
}
