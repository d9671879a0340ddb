import type { EdgeResponse } from "./response/complete-response.ts";
import { randomText } from "../random-text.ts";
import { handleViewerRequest, isRefusedUnread } from "./handle-viewer-request.ts";
import type { CacheTurn, EdgePorts, EdgeState } from "./request-context.ts";
import { PendingWork } from "./pending-work.ts";
import type { ViewerRequest } from "./request/viewer-request.ts";

/** The one edge location: responds to viewers, with a record of how each response came about. */
export interface EdgeLocation {
  /**
   * Never rejects for what a viewer, a function or an origin does.
   *
   * @default cacheTurn - the cache is asked at once
   */
  handle(viewerRequest: ViewerRequest, cacheTurn?: CacheTurn): Promise<EdgeResponse>;
  /** Whether a request is refused whatever its body holds, so that nobody has to keep the body. */
  refusesUnread(viewerRequest: ViewerRequest): boolean;
  /** Resolves as soon as nothing is under way, for a viewer or in the background. */
  idle(): Promise<void>;
}

/** Returns an edge location of a distribution. */
export function createEdgeLocation(ports: EdgePorts): EdgeLocation {
  const state: EdgeState = { inFlight: new Map(), pendingWork: new PendingWork() };
  const { distribution } = ports;
  return {
    handle: (viewerRequest, cacheTurn) =>
      state.pendingWork.during(() =>
        handleViewerRequest({
          ports,
          state,
          invocation: {
            distributionId: distribution.id,
            distributionDomainName: distribution.domainName,
            requestId: newRequestId(),
          },
          viewerRequest,
          startedAtMs: ports.clock.now(),
          cacheTurn,
          steps: [],
        }),
      ),
    refusesUnread: (viewerRequest) => isRefusedUnread(distribution, viewerRequest),
    idle: () => state.pendingWork.idle(),
  };
}

const requestIdBytes = 40;

/** Returns an id of the shape that CloudFront uses: 56 characters, the last two `==`. */
function newRequestId(): string {
  return `${randomText(requestIdBytes, "base64url")}==`;
}
