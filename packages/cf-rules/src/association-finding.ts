/** What CloudFront would say of a configuration: an error refuses the deployment. */
export interface AssociationFinding {
  /** The conformance fact behind it, as in `LE-E-08`. */
  readonly factId: string;
  readonly severity: "error" | "warning" | "info";
  /** What it is about, as in `Rewrite.Timeout`. */
  readonly subject: string;
  /** What is wrong with it, value included: the rest of a sentence. */
  readonly problem: string;
  /** One sentence: subject and problem. */
  readonly message: string;
  /** One sentence: what to do instead. */
  readonly remedy: string;
}
