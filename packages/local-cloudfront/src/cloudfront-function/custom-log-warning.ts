const maxBytes = 800;

/**
 * Returns why CloudFront cuts the data that a function adds to the access log; undefined where it keeps all of it
 * (FN-I-59).
 *
 * @param data Undefined where it adds none.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/general-helper-methods.html
 */
export function customLogWarning(data: string | undefined): string | undefined {
  if (data === undefined) return undefined;
  const { length } = encodeURIComponent(data.toWellFormed());
  return length <= maxBytes
    ? undefined
    : `logCustomData got ${length} bytes as the access log has them, URL-encoded, and CloudFront keeps the first ${maxBytes}. Pass a shorter text.`;
}
