import type { RedirectRule, RedirectStatus, RedirectToken } from "./redirect-rule.ts";

/** One secret path, a list of rules, or both: the secret path comes first. */
export interface SecretRedirectOptions {
  /**
   * The secret path. Every disguise of it matches: another spelling of its characters, a "/" more, dot
   * segments. Percent-encoded as a viewer sends it; letter case counts.
   * @default "/secret"
   */
  readonly path?: string;
  /**
   * Whereto the secret path leads: an absolute `http:` or `https:` URL, or a path on the same host. The
   * query string of the request is not passed on.
   * @default - there is no secret path, only `rules`
   */
  readonly location?: string;
  /**
   * 301, 302, 303, 307 or 308, for the secret path.
   * @default 302
   */
  readonly status?: RedirectStatus;
  /**
   * What a request must carry besides the secret path.
   * @default - nothing
   */
  readonly token?: RedirectToken;
  /**
   * The redirects. The first that matches a request answers it.
   * @default []
   */
  readonly rules?: readonly RedirectRule[];
  /**
   * The Cache-Control of responses by status. CloudFront caches what an origin-request function answers
   * (LE-A-50).
   * @default - `public, max-age=86400` for 301 and 308, `public, max-age=0, s-maxage=60` for the others
   *   and for all rules whose conditions read headers, cookies or the time
   */
  readonly cacheControl?: Readonly<Partial<Record<RedirectStatus, string>>>;
  /**
   * The request header that carries the viewer's host. CloudFront sends the origin's own host unless
   * `Host` is forwarded, which an S3 origin refuses (LE-B-45, LE-C-16): there, let a viewer-request
   * function copy it into a header of your own.
   * @default "host"
   */
  readonly hostHeader?: string;
  /**
   * How many of the redirects are written to the function's log as a line of JSON, from 0 to 1.
   * @default 0
   */
  readonly logSampleRate?: number;
}
