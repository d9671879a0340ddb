/** How an app is checked. */
export interface CheckOptions {
  /**
   * The day of the deployment, as in `2026-11-23`: runtimes age.
   * @default - today
   */
  readonly today?: string;
}
