/**
 * The body of a request event; present only where the function association includes the body.
 * What CloudFront hands over is always base64 (LE-B-22), truncated at 40 KB for a viewer request
 * and at 1 MB for an origin request (LE-B-23).
 */
export interface EventBody {
  readonly inputTruncated: boolean;
  action: "read-only" | "replace";
  encoding: "base64" | "text";
  data: string;
}

/** What a function returns to send another body to the origin (LE-B-25 to LE-B-27). */
export interface ReplacedBody {
  action: "replace";
  /** @default "base64" */
  encoding?: "base64" | "text";
  data: string;
}
