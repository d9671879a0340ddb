import { copyHeaders } from "../http/empty-headers.ts";
import { randomUUID } from "node:crypto";
import { checkViewerProfile, type ViewerProfile } from "../edge-location/request/viewer-profile.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";

/** Carries a profile from `fetch` to the socket's other end; no function and no origin sees it. */
const headerName = "x-local-cloudfront-viewer";

/** Says who each viewer is: the usual one, or the one that `fetch` was given. */
export class ViewerProfiles {
  readonly #usual: ViewerProfile;
  readonly #attached = new Map<string, ViewerProfile>();

  /** @throws {LocalCloudFrontError} when a value is not one that a profile has */
  constructor(usual: ViewerProfile) {
    this.#usual = checkViewerProfile({ ...usual });
  }

  /**
   * Marks a request as that of a viewer; returns what forgets the mark.
   *
   * @throws {LocalCloudFrontError} when a value is not one that a profile has
   */
  attach(headers: Headers, profile: ViewerProfile): () => void {
    const token = randomUUID();
    this.#attached.set(token, { ...this.#usual, ...checkViewerProfile({ ...profile }) });
    headers.set(headerName, token);
    return () => this.#attached.delete(token);
  }

  /** Returns the request with its viewer's profile, and without the mark. */
  identify(viewerRequest: Omit<ViewerRequest, "profile">): ViewerRequest {
    const mark = viewerRequest.request.headers[headerName]?.[0]?.value;
    const profile = mark === undefined ? undefined : this.#attached.get(mark);
    if (profile === undefined) return asViewer(viewerRequest, this.#usual);
    const headers = copyHeaders(viewerRequest.request.headers);
    delete headers[headerName];
    const request = { ...viewerRequest.request, headers };
    return asViewer({ ...viewerRequest, request }, profile);
  }
}

function asViewer(
  viewerRequest: Omit<ViewerRequest, "profile">,
  profile: ViewerProfile,
): ViewerRequest {
  if (profile.address === undefined) return { ...viewerRequest, profile };
  const request = { ...viewerRequest.request, clientIp: profile.address };
  return { ...viewerRequest, profile, request };
}
