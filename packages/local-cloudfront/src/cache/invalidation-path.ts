import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
// (CF-G-42)
const maxPathCharacters = 4000;

/**
 * Returns a test for the paths that an invalidation path matches: case-sensitive, with a wildcard
 * only as the last character.
 *
 * @throws {LocalCloudFrontError} when CloudFront would refuse the path or never match it
 */
export function matchInvalidationPath(path: string): (candidate: string) => boolean {
  refuseInvalidationPath(path);
  if (!path.endsWith("*")) return (candidate) => candidate === path;
  const prefix = path.slice(0, -1);
  return (candidate) => candidate.startsWith(prefix);
}

function refuseInvalidationPath(path: string): void {
  if (!path.startsWith("/")) {
    throw invalidPath(path, 'must start with "/"', `Write ${JSON.stringify(`/${path}`)}.`);
  }
  if (path.length > maxPathCharacters) {
    const shown = `${path.slice(0, 40)}…`;
    throw invalidPath(
      shown,
      `has ${path.length} characters`,
      `At most ${maxPathCharacters} are allowed.`,
    );
  }
  if (/~|%7e/i.test(path)) {
    throw invalidPath(
      path,
      'must not contain "~"',
      "CloudFront does not support it in invalidations; end the path before it with a wildcard.",
    );
  }
}

function invalidPath(path: string, problem: string, remedy: string): LocalCloudFrontError {
  return new LocalCloudFrontError(
    `Invalidation path ${problem}: got ${JSON.stringify(path)}. ${remedy}`,
    { factId: "CF-G-42" },
  );
}
