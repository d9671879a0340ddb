import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import type { CompiledReleaseSelect } from "./compiled-release-select.ts";
import { decide } from "./decide.ts";
import { noRelease, previewName } from "./release-keys.ts";

/** The options as they are in the code of a CloudFront Function. */
export type InlineReleaseSelect = CompiledReleaseSelect;

/** The module `cloudfront`, which is in front of the bundle. */
declare const cf: {
  kvs(): { get(key: string): Promise<string> };
  updateRequestOrigin(origin: { readonly originPath: string }): void;
};

/**
 * Returns a viewer-request handler for CloudFront Functions: the origin is read at the path of the live release, or of
 * the preview that the viewer asks for, with one read of the function's key value store. The request keeps its path, so
 * that all other functions see what the viewer asked for; a header keeps the releases apart in the cache.
 *
 * A store that cannot be read fails the request rather than serve another release.
 */
export function createCloudFrontReleaseSelect(
  options: CompiledReleaseSelect,
): (event: CloudFrontFunctionViewerRequestEvent) => Promise<CloudFrontFunctionViewerRequestResult> {
  return (event) => {
    const request = event.request;
    const decision = decide(options, request);
    if (decision.kind === "enter") return Promise.resolve(entered(options, decision));
    // FN-I-48: so the store says that it has no such key.
    const otherwise = (): CloudFrontFunctionResponse =>
      decision.kind === "live" ? unreadable : noPreview(options, decision.name);
    if (!decision.key) return Promise.resolve(otherwise());
    return cf
      .kvs()
      .get(decision.key)
      .then((release) => serve(options, request, release), otherwise);
  };
}

const text = { value: "text/plain; charset=utf-8" };

/** A store has this key from the beginning. */
const unreadable: CloudFrontFunctionResponse = {
  statusCode: 503,
  headers: {
    "cache-control": { value: "no-store" },
    "content-type": text,
    "retry-after": { value: "5" },
  },
  body: "The site's live release cannot be read. Try again in a moment.\n",
};

/** The viewer's own header is overwritten. */
function serve(
  options: CompiledReleaseSelect,
  request: CloudFrontFunctionEventRequest,
  release: string,
): CloudFrontFunctionEventRequest {
  request.headers[options.header] = { value: release };
  if (release !== noRelease) {
    cf.updateRequestOrigin({ originPath: options.originPath + release });
  }
  return request;
}

function entered(
  options: CompiledReleaseSelect,
  decision: { readonly name: string; readonly location: string },
): CloudFrontFunctionResponse {
  const name = decision.name;
  if (name && !previewName.test(name)) return noPreview(options, name);
  return {
    statusCode: 302,
    headers: {
      location: { value: decision.location },
      "cache-control": { value: "no-store" },
    },
    cookies: previewCookie(options, name),
  };
}

function noPreview(options: CompiledReleaseSelect, name: string): CloudFrontFunctionResponse {
  const shown = previewName.test(name) ? ` "${name}"` : " of that name";
  return {
    statusCode: 404,
    headers: {
      "cache-control": { value: "no-store" },
      "content-type": text,
      "x-robots-tag": { value: "noindex" },
    },
    cookies: previewCookie(options, ""),
    body: `There is no preview${shown}.\n`,
  };
}

/** An empty one is deleted. */
function previewCookie(options: CompiledReleaseSelect, name: string) {
  const cookie = options.previews ? options.previews.cookie : "";
  const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax" + (name ? "" : "; Max-Age=0");
  const cookies: { [name: string]: { value: string; attributes: string } } = {};
  cookies[cookie] = { value: name, attributes };
  return cookies;
}
