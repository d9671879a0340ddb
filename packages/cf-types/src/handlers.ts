import type {
  OriginRequestEvent,
  OriginResponseEvent,
  ViewerRequestEvent,
  ViewerResponseEvent,
} from "./events.ts";
import type {
  OriginRequestResult,
  OriginResponseResult,
  ViewerRequestResult,
  ViewerResponseResult,
} from "./results.ts";

/** The handler of a viewer-request function. */
export type ViewerRequestHandler = (event: ViewerRequestEvent) => Promise<ViewerRequestResult>;

/** The handler of an origin-request function. */
export type OriginRequestHandler = (event: OriginRequestEvent) => Promise<OriginRequestResult>;

/** The handler of an origin-response function. */
export type OriginResponseHandler = (event: OriginResponseEvent) => Promise<OriginResponseResult>;

/** The handler of a viewer-response function. */
export type ViewerResponseHandler = (event: ViewerResponseEvent) => Promise<ViewerResponseResult>;
