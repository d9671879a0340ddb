/** What AWS does not say, and what is to be assumed: each choice has its line in docs/FIDELITY.md. */
export interface FidelityChoices {
  /**
   * When the default root object takes the place of `/`: after viewer-request, so that the function
   * and the path patterns see `/`, or before both (LE-A-42).
   *
   * @default "after-viewer-request"
   */
  readonly defaultRootObject?: "after-viewer-request" | "before-cache-behavior";
  /**
   * Whether origin-request and origin-response run when the page of a custom error response is
   * fetched (LE-A-15).
   *
   * @default true
   */
  readonly errorPageOriginEvents?: boolean;
}
