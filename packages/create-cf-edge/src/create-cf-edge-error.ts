import { CodedError } from "option-checks";

/** Why nothing is written. Each code is something that the user can correct. */
export type CreateCfEdgeErrorCode =
  /** The folder has no package.json that can be read. */
  | "NO_PROJECT"
  /** The project's build makes a server, not a site of files. */
  | "NOT_STATIC"
  /** What cannot be detected was not given. */
  | "MISSING_ANSWER"
  /** An option has a value that is not valid. */
  | "INVALID_ANSWER";

/** A mistake that is explained in a sentence or two, without a stack. */
export class CreateCfEdgeError extends CodedError<CreateCfEdgeErrorCode> {
  override readonly name = "CreateCfEdgeError";
}
