import { CodedError } from "option-checks";

/** Why a function package cannot be built. Each code is a mistake that the package's author can mend. */
export type EdgeBuildErrorCode =
  /** package.json is absent, is not JSON, or lacks a name or a version. */
  | "INVALID_PACKAGE"
  /** The `edgeFunction` field of package.json asks for something that CloudFront does not take. */
  | "INVALID_SETTING"
  /** An entry is absent, or what it imports cannot be bundled. */
  | "NOT_BUNDLED"
  /** The code needs a module that is not beside it at the edge. */
  | "FOREIGN_IMPORT"
  /** An entry does not have the shape of one: its options in, one handler out. */
  | "INVALID_ENTRY"
  /** The bundle has what the runtime of CloudFront Functions lacks. */
  | "NOT_IN_RUNTIME"
  /** The bundle is larger than its byte budget. */
  | "OVER_BUDGET";

/** A mistake in a function package, explained in a sentence or two. It is shown without a stack. */
export class EdgeBuildError extends CodedError<EdgeBuildErrorCode> {
  override readonly name = "EdgeBuildError";
}
