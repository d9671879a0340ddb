import type {
  CustomOrigin as EventCustomOrigin,
  EventHeaders,
  Origin as EventOrigin,
  OriginSslProtocol,
  S3Origin as EventS3Origin,
} from "cf-types";
import type { CustomOrigin, Origin, S3Origin } from "../distribution/origins.ts";
import { originPort, originProtocol, type ViewerProtocol } from "./origin-protocol.ts";

/**
 * Returns an origin as origin events carry it (LE-B-30, LE-B-31).
 *
 * @param viewerProtocol decides where the origin's protocol policy is `match-viewer`
 */
export function originToEvent(
  origin: Origin,
  viewerProtocol: ViewerProtocol = "https",
): EventOrigin {
  return origin.kind === "s3"
    ? { s3: s3ToEvent(origin) }
    : { custom: customToEvent(origin, viewerProtocol) };
}

function customToEvent(origin: CustomOrigin, viewerProtocol: ViewerProtocol): EventCustomOrigin {
  const protocol = originProtocol(origin, viewerProtocol);
  return {
    customHeaders: customHeadersToEvent(origin),
    domainName: origin.domainName,
    keepaliveTimeout: origin.keepaliveTimeoutSeconds,
    path: origin.path,
    port: originPort(origin, protocol),
    protocol,
    readTimeout: origin.readTimeoutSeconds,
    responseCompletionTimeout: origin.responseCompletionTimeoutSeconds,
    sslProtocols: origin.sslProtocols.filter(isEventSslProtocol),
  };
}

/** FIDELITY LE-B-32: with OAC the event says `none`, and no region, as AWS documents no value for it. */
function s3ToEvent(origin: S3Origin): EventS3Origin {
  const base = {
    customHeaders: customHeadersToEvent(origin),
    domainName: origin.domainName,
    path: origin.path,
    readTimeout: origin.readTimeoutSeconds,
    responseCompletionTimeout: origin.responseCompletionTimeoutSeconds,
  };
  return origin.access.kind === "origin-access-identity"
    ? { ...base, authMethod: "origin-access-identity", region: origin.region }
    : { ...base, authMethod: "none" };
}

function customHeadersToEvent({ customHeaders }: Origin): EventHeaders {
  const headers: EventHeaders = Object.create(null);
  for (const { name, value } of customHeaders) {
    (headers[name.toLowerCase()] ??= []).push({ key: name, value });
  }
  return headers;
}

const eventSslProtocols: readonly string[] = ["TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3"];

function isEventSslProtocol(name: string): name is OriginSslProtocol {
  return eventSslProtocols.includes(name);
}
