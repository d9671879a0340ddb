import type { OriginResponseHandler, ViewerResponseHandler } from "cf-types";

/** A handler for viewer-response and origin-response alike. */
export type SecurityHeadersHandler = ViewerResponseHandler & OriginResponseHandler;
