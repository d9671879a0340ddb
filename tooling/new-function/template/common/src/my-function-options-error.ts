import { CodedError, type OptionMistake } from "option-checks";

/** What is wrong with the options of my-function: add the codes that only it has. */
export type MyFunctionOptionsErrorCode = OptionMistake;

/** A mistake in the options of my-function: which option, its value, what is allowed. */
export class MyFunctionOptionsError extends CodedError<MyFunctionOptionsErrorCode> {
  override readonly name = "MyFunctionOptionsError";
}
