/** What CloudFront would say of a configuration: an error refuses the deployment. */
export interface AssociationFinding {
  /** The conformance fact behind it, as in `LE-E-08`. */
  readonly factId: string;
  readonly severity: "error" | "warning" | "info";
  /** What it is about, as in `Rewrite.Timeout`. */
  readonly subject: string;
  /** One sentence: subject, problem, value. */
  readonly message: string;
  /** One sentence: what to do instead. */
  readonly remedy: string;
}
