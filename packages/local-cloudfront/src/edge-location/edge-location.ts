import { randomBytes } from "node:crypto";
import type { EdgeAnswer } from "./complete-answer.ts";
import { handleViewerRequest } from "./handle-viewer-request.ts";
import type { EdgePorts, EdgeState } from "./journey.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** The one edge location: answers viewers, and tells how it came to each answer. */
export interface EdgeLocation {
  /** Never rejects for what a viewer, a function or an origin does. */
  handle(viewerRequest: ViewerRequest): Promise<EdgeAnswer>;
}

/** Returns an edge location of a distribution. */
export function createEdgeLocation(ports: EdgePorts): EdgeLocation {
  const state: EdgeState = { inFlight: new Map() };
  const { distribution } = ports;
  return {
    handle: (viewerRequest) =>
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
  };
}

const requestIdBytes = 40;
let pool = Buffer.alloc(0);
let poolOffset = 0;

/** Returns an id of the shape that CloudFront uses: 56 characters, the last two `==`. */
function newRequestId(): string {
  if (poolOffset + requestIdBytes > pool.length) {
    pool = randomBytes(requestIdBytes * 128);
    poolOffset = 0;
  }
  const bytes = pool.subarray(poolOffset, poolOffset + requestIdBytes);
  poolOffset += requestIdBytes;
  return `${bytes.toString("base64url")}==`;
}
