/** What a test replaces. */
export interface SignInPorts {
  readonly clock?: Clock;
  /** Takes what went wrong. @default console.error */
  readonly log?: (error: unknown) => void;
  /** @default - the endpoints of AWS in us-east-1 */
  readonly awsEndpoint?: string;
}

/** Where the function finds the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = Date;
