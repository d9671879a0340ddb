/** What a number of an origin's settings may be, bounds included. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * The bounds of an origin's settings, in seconds or attempts. Timeouts above the quotas
 * (`originReadTimeoutSeconds`, `originKeepaliveTimeoutSeconds`) take a raised quota of the account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export const originSettings = {
  connectionAttempts: { min: 1, max: 3 },
  connectionTimeoutSeconds: { min: 1, max: 10 },
  readTimeoutSeconds: { min: 1, max: 180 },
  keepaliveTimeoutSeconds: { min: 1, max: 180 },
} as const satisfies Record<string, Bounds>;

/** Whether CloudFront connects to a port of custom origins. */
export function isOriginPort(port: unknown): boolean {
  if (!Number.isInteger(port)) return false;
  const number = Number(port);
  return number === 80 || number === 443 || (number >= 1024 && number <= 65_535);
}

/** The ports of custom origins, as a remedy names them. */
export const originPorts = "Use 80, 443 or 1024 to 65535.";
