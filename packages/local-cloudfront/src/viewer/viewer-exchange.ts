import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";

/** What TLS agreed on, in OpenSSL's names. */
export interface TlsConnection {
  readonly protocol: string;
  readonly cipher: string;
}

/** How a viewer's request came in and its response went out. */
export interface Delivery {
  /** Milliseconds since the Unix epoch, as all times here: when the head of the request was there. */
  readonly receivedAtMs: number;
  /** When the response began to go out; undefined where the viewer had gone before. */
  readonly firstByteAtMs: number | undefined;
  /** When the last byte was handed to the network, or the viewer was gone. */
  readonly endedAtMs: number;
  /** Whether all of the response was handed to the network. */
  readonly isComplete: boolean;
  /** Bytes of head and body; over HTTP/2 the head is counted as if it were not compressed. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Undefined for plain HTTP. */
  readonly tls: TlsConnection | undefined;
}

/** One request of a viewer, from its first byte to the last of the response. */
export interface ViewerExchange extends EdgeResponse {
  readonly viewerRequest: Omit<ViewerRequest, "profile">;
  readonly delivery: Delivery;
}
