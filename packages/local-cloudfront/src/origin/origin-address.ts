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
  /** The name that TLS asks for (SNI); undefined for an IP address. */
  readonly serverName: string | undefined;
  /** Names of which the certificate must have one; undefined where that is the name asked for. */
  readonly allowedCertificateNames: readonly string[] | undefined;
}

/** Returns where to send the requests of an origin that no folder stands for. */
export function originAddress(origin: Origin, viewerProtocol: ViewerProtocol): OriginAddress {
  const { allowedCertificateNames } = origin;
  if (origin.content.kind === "url") {
    const address = standInAddress(new URL(origin.content.url));
    const serverName = origin.sni ?? (isIP(address.hostname) === 0 ? address.hostname : undefined);
    return { ...address, serverName, allowedCertificateNames };
  }
  const tls = {
    verifiesCertificate: true,
    serverName: origin.sni ?? origin.hostHeader ?? origin.domainName,
    allowedCertificateNames,
  };
  if (origin.kind === "s3") {
    return {
      protocol: "https",
      hostname: origin.domainName,
      port: 443,
      pathPrefix: "",
      ...tls,
    };
  }
  const protocol = originProtocol(origin, viewerProtocol);
  return {
    protocol,
    hostname: origin.domainName,
    port: originPort(origin, protocol),
    pathPrefix: "",
    ...tls,
  };
}

function standInAddress(url: URL): Omit<OriginAddress, "serverName" | "allowedCertificateNames"> {
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
