/** One difference between what a function got and what went on after it. */
export interface TracedChange {
  readonly part:
    | "uri"
    | "querystring"
    | "header"
    | "status"
    | "status-description"
    | "body"
    | "origin";
  /** The header's lower-case name, or the property of the origin; empty for the rest. */
  readonly name: string;
  /**
   * Undefined where it was not there before. Lines of a header that has several are separated by a
   * line feed; of a body, its length is shown.
   */
  readonly before: string | undefined;
  /** Undefined where it is gone. */
  readonly after: string | undefined;
}
