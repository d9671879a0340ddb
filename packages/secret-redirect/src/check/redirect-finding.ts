/** What an analysis or a check finds. */
export interface RedirectFinding {
  /** `error`: a viewer would see something wrong. `warning`: probably not what is meant. */
  readonly severity: "error" | "warning";
  readonly kind:
    /** Another rule before it has the same pattern and conditions. */
    | "duplicate"
    /** A broader rule before it takes all its requests. */
    | "shadowed"
    /** No request can meet it. */
    | "unreachable"
    /** It leads back to itself, perhaps over other rules. */
    | "loop"
    /** It leads to a path that is redirected again. */
    | "chain"
    /** It leads to a path that the site does not have. */
    | "missing-target"
    /** It hides a file of the site. */
    | "hidden-file"
    /** What it reads does not reach the function. */
    | "not-forwarded"
    /** Different responses would share one entry of the cache. */
    | "not-in-cache-key"
    /** The cache keeps what must not be kept. */
    | "kept-too-long";
  /** The rule, as messages name it. */
  readonly rule: string;
  /** A sentence or two: what is wrong, and what helps. */
  readonly message: string;
}
