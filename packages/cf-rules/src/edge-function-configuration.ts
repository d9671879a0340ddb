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
  readonly architectures?: readonly string[] | undefined;
  readonly environmentVariableNames?: readonly string[] | undefined;
  readonly layerCount?: number | undefined;
  readonly hasVpc?: boolean | undefined;
  readonly hasDeadLetterQueue?: boolean | undefined;
  readonly hasActiveTracing?: boolean | undefined;
  readonly hasProvisionedConcurrency?: boolean | undefined;
  readonly hasReservedConcurrency?: boolean | undefined;
  readonly hasCustomerManagedKey?: boolean | undefined;
  /** `UpdateRuntimeOn` of the runtime management. */
  readonly updateRuntimeOn?: string | undefined;
  /** The services that may assume the function's role; undefined where the role is not known. */
  readonly trustedServices?: readonly string[] | undefined;
}
