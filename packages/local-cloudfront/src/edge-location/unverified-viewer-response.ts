import type { Leg } from "./journey.ts";

/**
 * Returns a warning where nobody knows whether viewer-response runs at CloudFront: AWS speaks of the
 * status that the origin returned, and a function has moved the answer across the line between
 * success and error (LE-A-09, LE-A-12).
 *
 * @param originStatus undefined where origin-request generated the response
 */
export function unverifiedViewerResponse(
  { cacheBehavior }: Leg,
  originStatus: number | undefined,
  status: number,
): string | undefined {
  if (cacheBehavior.functionAssociations["viewer-response"] === undefined) return undefined;
  const runs = status < 400 ? "runs" : "is skipped";
  if (originStatus === undefined) {
    return status < 400
      ? undefined
      : `LE-A-12: viewer-response ${runs} here for a generated ${status}; what CloudFront does is not known.`;
  }
  if (originStatus < 400 === status < 400) return undefined;
  return `LE-A-09: viewer-response ${runs} here for a ${originStatus} of the origin that has become ${status}; what CloudFront does is not known.`;
}
