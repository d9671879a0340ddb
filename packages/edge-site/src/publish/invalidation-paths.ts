import { siteDocument } from "../site/site-folder.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PayingForInvalidation.html
/** A thousand paths a month cost nothing: so few of them leave room for many deploys. */
const maxPaths = 15;

/**
 * Returns the paths to invalidate for objects that have changed under their keys: in the form in which
 * viewers' paths are cached, and as folders with a wildcard, or all, where they would be many. A path with a
 * wildcard costs as much as one without.
 */
export function invalidationPaths(keys: readonly string[]): readonly string[] {
  return fewPaths([...new Set(keys.flatMap(pathsOf))]);
}

/** Returns noted paths so that CloudFront takes them, whichever version has noted them. */
export function fewPaths(paths: readonly string[]): readonly string[] {
  let few = withoutCovered(paths.map(acceptedPath));
  while (few.length > maxPaths) few = withoutCovered(withoutDeepest(few));
  return few;
}

function pathsOf(key: string): readonly string[] {
  return key === siteDocument ? ["/", `/${key}`] : [`/${encodeKey(key)}`];
}

/**
 * S3 takes a plus sign in a path for a space, a question mark begins the query string, and an asterisk
 * would be a wildcard: viewers send these percent-encoded.
 */
function encodeKey(key: string): string {
  return encodeURI(key).replaceAll(
    /[?#+*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
/** CloudFront refuses a tilde, also percent-encoded, what is no character of a URL, and a wildcard amid a path. */
const refused = /~|%7e|\*(?!$)|[^!$&'()*+,\-./0-9:;=@A-Z_a-z%]/i;

/** A path that CloudFront would refuse ends with a wildcard before the first character of that kind. */
function acceptedPath(path: string): string {
  const at = path.search(refused);
  return at < 0 ? path : `${path.slice(0, at)}*`;
}

/** The folders of the deepest paths in their place. */
function withoutDeepest(paths: readonly string[]): readonly string[] {
  const depthOf = (path: string): number => path.split("/").length;
  const deepest = Math.max(...paths.map(depthOf));
  if (deepest <= 2) return ["/*"];
  return paths.map((path) =>
    depthOf(path) === deepest ? `${folderOf(path.replace(/\/\*$/, ""))}/*` : path,
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function withoutCovered(paths: readonly string[]): readonly string[] {
  const prefixes = paths.filter((path) => path.endsWith("*")).map((path) => path.slice(0, -1));
  const isCovered = (path: string): boolean =>
    prefixes.some((prefix) => path !== `${prefix}*` && path.startsWith(prefix));
  return [...new Set(paths)].filter((path) => !isCovered(path));
}
