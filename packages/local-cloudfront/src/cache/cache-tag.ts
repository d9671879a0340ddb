import type { HttpHeaders } from "../http/http-message.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-by-tags.html (CF-P-01)
const tag = /^[!-+\--~]{1,256}$/;
const maxTags = 50;

/**
 * Returns a test for the objects that have a cache tag, whatever its case.
 *
 * @param item As an invalidation names it, as in `#products`.
 * @param header The header of the tags, lower case; undefined where the distribution has no CacheTagConfig.
 * @throws {LocalCloudFrontError} when CloudFront would refuse the tag.
 */
export function matchCacheTag(
  item: string,
  header: string | undefined,
): (headers: HttpHeaders) => boolean {
  const name = item.slice(1).toLowerCase();
  if (!tag.test(name)) {
    throw new LocalCloudFrontError(
      `Invalidation by tag names no tag: got ${JSON.stringify(item.slice(0, 40))}. Write # and up to 256 characters of ASCII without space and comma.`,
      { factId: "CF-P-01" },
    );
  }
  return (headers) => header !== undefined && tagsOf(headers, header).includes(name);
}

function tagsOf(headers: HttpHeaders, header: string): readonly string[] {
  const lines = headers[header] ?? [];
  return lines
    .flatMap(({ value }) => value.split(","))
    .map((each) => each.trim().toLowerCase())
    .filter((each) => tag.test(each))
    .slice(0, maxTags);
}
