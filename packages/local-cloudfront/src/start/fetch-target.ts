import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/**
 * Returns what `fetch` is to request: a path as it is written, slashes included, or a URL.
 *
 * @param url where the local CloudFront listens
 * @throws {LocalCloudFrontError} when the request would go to another server
 */
export function fetchTarget(input: string | URL | Request, url: string): URL | Request {
  const target =
    typeof input === "string" && input.startsWith("/") ? new URL(url + input) : toUrl(input, url);
  const asked = new URL(target instanceof Request ? target.url : target);
  const { origin, port, protocol } = new URL(url);
  const isHere =
    asked.origin === origin || asked.origin === new URL(`${protocol}//localhost:${port}`).origin;
  if (isHere) return target;
  throw new LocalCloudFrontError(
    `Request goes to another server: got ${JSON.stringify(asked.href)}. Pass a path, as in "/notes/1", or a URL that begins with ${url}.`,
  );
}

function toUrl(input: string | URL | Request, url: string): URL | Request {
  return input instanceof Request ? input : new URL(input, url);
}
