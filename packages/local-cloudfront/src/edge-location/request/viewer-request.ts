import type { HttpRequest } from "../../http/http-message.ts";
import type { RefusalDetail } from "../result-type.ts";
import type { ViewerProfile } from "./viewer-profile.ts";

/** What is wrong with a request itself, whatever it asks for. */
export interface RequestProblem {
  /** The status of the response. */
  readonly status: number;
  /** Shown on the page and in the trace. */
  readonly reason: string;
  readonly detailedResultType: RefusalDetail;
  /**
   * The code of an XML document that says so to the viewer.
   * @default - an HTML page says it
   */
  readonly xmlCode?: string;
}

/** A request as the viewer room hands it over. */
export interface ViewerRequest {
  readonly request: HttpRequest;
  /** The side of the distribution that the viewer speaks to, whatever the local socket speaks. */
  readonly protocol: "http" | "https";
  readonly httpVersion: "1.0" | "1.1" | "2.0";
  /** What follows the first `?`; undefined where there is none (FN-I-09). */
  readonly rawQueryString: string | undefined;
  /** The viewer's own TCP port. */
  readonly port: number;
  readonly profile: ViewerProfile;
  /**
   * Why no cache behavior may see it.
   * @default - nothing is wrong with it
   */
  readonly problem?: RequestProblem;
}
