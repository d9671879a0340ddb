import { isIP } from "node:net";
import type { Origin } from "../distribution/origins.ts";
import { originPort, originProtocol, type ViewerProtocol } from "./origin-protocol.ts";

/** Where the server of an origin listens. */
export interface OriginAddress {
  readonly protocol: "http" | "https";
  readonly hostname: string;
  readonly port: number;
  /** Comes before the origin's own path; empty, or starts with `/` and does not end with it. */
  readonly pathPrefix: string;
  /** Whether its certificate must be good: not where a server on this machine stands in. */
  readonly verifiesCertificate: boolean;
}

/** Returns where to send the requests of an origin that no folder stands for. */
export function originAddress(origin: Origin, viewerProtocol: ViewerProtocol): OriginAddress {
  if (origin.content.kind === "url") return standInAddress(new URL(origin.content.url));
  if (origin.kind === "s3") {
    return {
      protocol: "https",
      hostname: origin.domainName,
      port: 443,
      pathPrefix: "",
      verifiesCertificate: true,
    };
  }
  const protocol = originProtocol(origin, viewerProtocol);
  return {
    protocol,
    hostname: origin.domainName,
    port: originPort(origin, protocol),
    pathPrefix: "",
    verifiesCertificate: true,
  };
}

function standInAddress(url: URL): OriginAddress {
  const protocol = url.protocol === "https:" ? "https" : "http";
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    protocol,
    hostname,
    port: url.port === "" ? (protocol === "https" ? 443 : 80) : Number(url.port),
    pathPrefix: url.pathname.replace(/\/+$/, ""),
    verifiesCertificate: !isLoopback(hostname),
  };
}

function isLoopback(hostname: string): boolean {
  if (isIP(hostname) !== 0) return hostname === "::1" || hostname.startsWith("127.");
  return hostname === "localhost" || hostname.endsWith(".localhost");
}
