/** A domain of one's own in place of `d….cloudfront.net`. */
export interface DomainConfig {
  /** As in `["notes.example.com"]`. */
  readonly names: readonly string[];
  /** The certificate in AWS Certificate Manager that covers all of them, in us-east-1. */
  readonly certificateArn: string;
}
