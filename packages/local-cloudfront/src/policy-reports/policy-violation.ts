/** Something that a Content-Security-Policy has blocked in a browser, as often as it has happened. */
export interface PolicyViolation {
  /** The request of the page, as far as it is known. */
  readonly requestId: string | undefined;
  /** Path of the page, as the browser has it. */
  readonly page: string;
  /** As in `connect-src`. */
  readonly directive: string;
  /** An address, or `inline`, `eval`, `data` and the like. */
  readonly blocked: string;
  /** Where in the site's code, as in `/assets/index.js:3`; undefined where the browser does not tell. */
  readonly place: string | undefined;
  /** Whether browsers have blocked it, or only reported it (Content-Security-Policy-Report-Only). */
  readonly isEnforced: boolean;
  /** What has set the policy, as in `security-headers 0.1.0`. */
  readonly setBy: string;
  /** What has to be written to allow it: an option of the package, or a part of the policy. */
  readonly remedy: string;
  readonly count: number;
}
