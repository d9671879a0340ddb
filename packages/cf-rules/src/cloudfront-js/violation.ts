/** The runtimes of CloudFront Functions. */
export type CloudFrontJsRuntime = "cloudfront-js-1.0" | "cloudfront-js-2.0";

/** Where the runtime refuses to parse a function. */
export interface CloudFrontJsViolation {
  /** In the runtime's own words, as in `SyntaxError: Token "of" not supported in this version`. */
  readonly text: string;
  /** In the deployed code, from 1, as the runtime counts. */
  readonly line: number;
  /** In the code, from 0: where the refused token starts. */
  readonly offset: number;
  /** What to write instead, as a sentence. */
  readonly remedy: string;
  /** The conformance fact behind it, as in `FN-I-44`. */
  readonly factId: string;
}

/** A built-in that the code names and the runtime lacks. It fails only when it is reached (FN-I-45). */
export interface CloudFrontJsAbsence {
  readonly kind: "global" | "member" | "module";
  /** As in `Map`, `Object.fromEntries`, `flat`, `fs`. */
  readonly name: string;
  /** What the runtime says when it is reached, as in `ReferenceError: "Map" is not defined`. */
  readonly text: string;
  readonly line: number;
  /** In the code, from 0. */
  readonly offset: number;
  /**
   * `false` for a member of a value whose type the code does not show, as in `x.at(0)`: a method of the
   * function's own could bear the name.
   */
  readonly isCertain: boolean;
  readonly remedy: string;
  readonly factId: string;
}

/** What `checkCloudFrontJs` is given. */
export interface CheckCloudFrontJsOptions {
  readonly runtime: CloudFrontJsRuntime;
}

/** What the runtime would say of a function's code. */
export interface CloudFrontJsCheck {
  /** The first violation: the runtime stops there. Undefined where the code parses. */
  readonly violation: CloudFrontJsViolation | undefined;
  /** Empty where there is a violation. In the order of the code. */
  readonly absences: readonly CloudFrontJsAbsence[];
}
