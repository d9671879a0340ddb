/** A Lambda function as it is about to be associated; what is undefined is left unchecked or has Lambda's default. */
export interface EdgeFunctionConfiguration {
  /** How messages call the function: its logical id or construct path. */
  readonly name: string;
  readonly region?: string | undefined;
  /** The qualifier of the associated ARN: a number is right, `$LATEST` or an alias is not. */
  readonly version?: string | undefined;
  readonly runtime?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly memoryMb?: number | undefined;
  /** The zipped package. */
  readonly packageBytes?: number | undefined;
  readonly ephemeralStorageMb?: number | undefined;
  readonly packageType?: string | undefined;
  /** `S3ObjectStorageMode` of the code: `REFERENCE` leaves it in a bucket of one's own. */
  readonly codeStorageMode?: string | undefined;
  /** The customer-managed key that encrypts the zipped package. */
  readonly codeKmsKeyArn?: string | undefined;
  readonly architectures?: readonly string[] | undefined;
  readonly environmentVariableNames?: readonly string[] | undefined;
  readonly layers?: readonly string[] | undefined;
  /** The ids of the subnets and security groups that the function is put into. */
  readonly vpcIds?: readonly string[] | undefined;
  readonly deadLetterTargetArn?: string | undefined;
  /** `Active` turns on X-Ray. */
  readonly tracingMode?: string | undefined;
  readonly provisionedConcurrency?: number | undefined;
  readonly reservedConcurrency?: number | undefined;
  /** `UpdateRuntimeOn` of the runtime management. */
  readonly updateRuntimeOn?: string | undefined;
  /** The services that may assume the function's role; undefined where the role is not known. */
  readonly trustedServices?: readonly string[] | undefined;
}
