const maxBytes = 800;

/**
 * Returns why CloudFront cuts the data that a function adds to the access log; undefined where it keeps all of it
 * (FN-I-59).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/general-helper-methods.html
 */
export function customLogWarning(data: string): string | undefined {
  const { length } = encodeURIComponent(data.toWellFormed());
  return length <= maxBytes
    ? undefined
    : `logCustomData got ${length} bytes as the access log has them, URL-encoded, and CloudFront keeps the first ${maxBytes}. Log less.`;
}
