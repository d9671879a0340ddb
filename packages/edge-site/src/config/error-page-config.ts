import {
  checkEach,
  invalid,
  refuseMismatch,
  refuseNoCount,
  refuseOthers,
  fieldsOf,
  type Shape,
} from "./setting-checks.ts";

/** The page of the site that viewers get in the place of an error. */
export interface ErrorPageConfig {
  /** What the origin responds with. */
  readonly status: number;
  /** A file of the site, as in `/404.html`. */
  readonly page: string;
  /**
   * What viewers get.
   * @default - `status`
   */
  readonly responseStatus?: number;
  /**
   * How long CloudFront keeps the error, where the origin says nothing.
   * @default 10
   */
  readonly cacheSeconds?: number;
}

const shape: Shape = { required: ["status", "page"], optional: ["responseStatus", "cacheSeconds"] };

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-response-code.html (read 2026-11-30)
const statuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const page = /^\/[^\s?#]+$/;
const pageRemedy = 'a file of the site, as in "/404.html"';

/**
 * Refuses a page for what is not found that is none.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidNotFoundPage(value: unknown): void {
  if (value !== false) refuseMismatch("notFoundPage", value, page, `${pageRemedy}, or false`);
}

/**
 * Refuses error pages that CloudFront would not take.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidErrorPages(value: unknown): void {
  const seen = new Set<unknown>();
  checkEach("errorPages", value, (subject, each) => {
    const fields = fieldsOf(shape, subject, each);
    const { status, responseStatus, cacheSeconds = 10 } = fields;
    refuseOthers(`${subject}.status`, status, statuses);
    if (seen.has(status)) {
      throw invalid(
        `${subject}.status has a page already: got ${String(status)}. Keep one of them.`,
      );
    }
    seen.add(status);
    refuseMismatch(`${subject}.page`, fields["page"], page, pageRemedy);
    if (responseStatus !== undefined) {
      refuseOthers(`${subject}.responseStatus`, responseStatus, [200, ...statuses]);
    }
    refuseNoCount(`${subject}.cacheSeconds`, cacheSeconds, 0);
  });
}
