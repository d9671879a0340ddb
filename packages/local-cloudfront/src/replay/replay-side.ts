import type { Distribution } from "../distribution/distribution.ts";
import type { ViewerProfile } from "../edge-location/request/viewer-profile.ts";
import type { EdgeLocation } from "../edge-location/edge-location.ts";

/** One of the distributions that a log is replayed through. */
export interface ReplaySide {
  /** As it was named. */
  readonly assembly: string;
  readonly distribution: Distribution;
  readonly edgeLocation: EdgeLocation;
  /** Who viewers are, as far as the log does not say it. */
  readonly viewer: ViewerProfile;
  close(): Promise<void>;
}
