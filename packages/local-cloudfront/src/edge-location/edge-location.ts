import type { EdgeAnswer } from "./complete-answer.ts";
import { randomText } from "../random-text.ts";
import { handleViewerRequest } from "./handle-viewer-request.ts";
import type { EdgePorts, EdgeState } from "./journey.ts";
import { UnderWay } from "./under-way.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** The one edge location: answers viewers, and tells how it came to each answer. */
export interface EdgeLocation {
  /** Never rejects for what a viewer, a function or an origin does. */
  handle(viewerRequest: ViewerRequest): Promise<EdgeAnswer>;
  /** Resolves as soon as nothing is under way, for a viewer or in the background. */
  idle(): Promise<void>;
}

/** Returns an edge location of a distribution. */
export function createEdgeLocation(ports: EdgePorts): EdgeLocation {
  const state: EdgeState = { inFlight: new Map(), underWay: new UnderWay() };
  const { distribution } = ports;
  return {
    handle: (viewerRequest) =>
      state.underWay.during(() =>
        handleViewerRequest({
          ports,
          state,
          context: {
            distributionId: distribution.id,
            distributionDomainName: distribution.domainName,
            requestId: newRequestId(),
          },
          viewerRequest,
          startedAtMs: ports.clock.now(),
          steps: [],
        }),
      ),
    idle: () => state.underWay.idle(),
  };
}

const requestIdBytes = 40;

/** Returns an id of the shape that CloudFront uses: 56 characters, the last two `==`. */
function newRequestId(): string {
  return `${randomText(requestIdBytes, "base64url")}==`;
}
