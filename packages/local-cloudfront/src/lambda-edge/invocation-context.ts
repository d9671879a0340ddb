/** What every event says of its distribution and request. */
export interface InvocationContext {
  readonly distributionId: string;
  readonly distributionDomainName: string;
  /** The value of `X-Amz-Cf-Id`. */
  readonly requestId: string;
}
