import type { CustomOrigin } from "../distribution/origins.ts";

/** The protocol between viewer and CloudFront. */
export type ViewerProtocol = "http" | "https";

/** Returns the protocol that CloudFront speaks to a custom origin. */
export function originProtocol(
  { protocolPolicy }: CustomOrigin,
  viewerProtocol: ViewerProtocol,
): "http" | "https" {
  switch (protocolPolicy) {
    case "http-only":
      return "http";
    case "https-only":
      return "https";
    case "match-viewer":
      return viewerProtocol;
  }
}

/** Returns the port on which a custom origin speaks a protocol. */
export function originPort(origin: CustomOrigin, protocol: "http" | "https"): number {
  return protocol === "http" ? origin.httpPort : origin.httpsPort;
}
