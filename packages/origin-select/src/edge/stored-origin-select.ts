import type {
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { cloudFrontFunctionReader } from "edge-handler";
import {
  createCloudFrontOriginSelect,
  type InlineOriginSelect,
} from "./cloudfront-origin-select.ts";
import { hostOf } from "./decide.ts";

/** The module `cloudfront`, which is in front of the bundle. */
declare const cf: { kvs(): { get(key: string): Promise<string> } };

type Event = CloudFrontFunctionViewerRequestEvent | CloudFrontFunctionViewerResponseEvent;

/**
 * Returns the handler of `createOriginSelect` for CloudFront Functions, with the table of hosts in the function's key
 * value store: the same decision, with one read for each request.
 */
export function createStoredOriginSelect(
  options: InlineOriginSelect,
): (event: Event) => Promise<CloudFrontFunctionRequest | CloudFrontFunctionResponse> {
  return (event) => {
    const handle = (originOfHost: { readonly [host: string]: string }) =>
      createCloudFrontOriginSelect(Object.assign({}, options, { originOfHost }))(event);
    const host = hostOf(event.request, cloudFrontFunctionReader);
    if ("response" in event || host === "") return Promise.resolve(handle({}));
    return (
      cf
        .kvs()
        .get(host)
        // FN-I-48: so the store says that it has no such key.
        .catch(() => "")
        .then((origin) => {
          const originOfHost: { [host: string]: string } = {};
          if (origin) originOfHost[host] = origin;
          return handle(originOfHost);
        })
    );
  };
}
