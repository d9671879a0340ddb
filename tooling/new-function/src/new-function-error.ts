import { CodedError } from "option-checks";

/** Why a function package cannot be made. */
export type NewFunctionErrorCode =
  /** The name is no package name, or there is a package of that name. */
  | "INVALID_NAME"
  /** The engine does not run at the event type. */
  | "INVALID_ENGINE"
  /** edge.config.ts has been written in a way that no line can be added to. */
  | "UNREADABLE_CONFIG";

/** A mistake of the person who asks for a function, explained in a sentence or two. */
export class NewFunctionError extends CodedError<NewFunctionErrorCode> {
  override readonly name = "NewFunctionError";
}
