import type { HttpRequest } from "../distribution/http-message.ts";
import type { ViewerProfile } from "./viewer-profile.ts";

/** A request as the viewer room hands it over. */
export interface ViewerRequest {
  readonly request: HttpRequest;
  /** The side of the distribution that the viewer speaks to, whatever the local socket speaks. */
  readonly protocol: "http" | "https";
  readonly httpVersion: "1.0" | "1.1" | "2.0";
  /** The viewer's own TCP port. */
  readonly port: number;
  readonly profile: ViewerProfile;
}
