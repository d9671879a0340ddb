/**
 * The body of a request event; present only where the function association includes the body.
 * What CloudFront hands over is always base64 (LE-B-22), truncated at 40 KB for a viewer request
 * and at 1 MB for an origin request (LE-B-23).
 */
export interface EventBody {
  readonly inputTruncated: boolean;
  /** With `replace`, the origin gets `data`; with `read-only` it gets what the viewer sent (LE-B-24). */
  action: "read-only" | "replace";
  encoding: "base64" | "text";
  data: string;
}
