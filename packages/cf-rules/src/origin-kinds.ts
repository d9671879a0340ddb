import { isOriginPort, originPorts } from "./origin-settings.ts";
import type { Origin } from "cf-types";
import { refuseOrigin } from "./origin-scope.ts";
import type { OriginDetails } from "./origin-scope.ts";
import { quoteValue } from "./result-violation.ts";
import type { ResultViolation } from "./result-violation.ts";

const SSL_PROTOCOLS: readonly unknown[] = ["TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3"];

/** Checks what only custom origins have. */
export function checkCustom(details: OriginDetails): ResultViolation | undefined {
  const { port, protocol, sslProtocols } = details;
  if (!isOriginPort(port)) {
    return refuseOrigin(
      "LE-B-35",
      "origin.custom.port",
      `is not allowed: got ${quoteValue(port)}. ${originPorts}`,
    );
  }
  if (protocol !== "http" && protocol !== "https") {
    return refuseOrigin(
      "LE-B-38",
      "origin.custom.protocol",
      `is not allowed: got ${quoteValue(protocol)}. Use "http" or "https".`,
    );
  }
  return Array.isArray(sslProtocols) && sslProtocols.every((one) => SSL_PROTOCOLS.includes(one))
    ? undefined
    : refuseOrigin(
        "LE-B-38",
        "origin.custom.sslProtocols",
        `is not allowed: got ${quoteValue(sslProtocols)}. Use an array of ${SSL_PROTOCOLS.join(", ")}.`,
      );
}

/** Checks what only S3 origins have. */
export function checkS3(details: OriginDetails, eventOrigin: Origin): ResultViolation | undefined {
  const { authMethod, region } = details;
  if (authMethod !== "none" && authMethod !== "origin-access-identity") {
    return refuseOrigin(
      "LE-B-31",
      "origin.s3.authMethod",
      `is not allowed: got ${quoteValue(authMethod)}. Use "none" or "origin-access-identity".`,
    );
  }
  if (authMethod === "none") {
    return undefined;
  }
  if (eventOrigin.s3?.authMethod !== "origin-access-identity") {
    return refuseOrigin(
      "LE-B-40",
      "origin.s3.authMethod",
      `is not allowed: got ${quoteValue(authMethod)}. Only an S3 origin that has an origin access identity can be exchanged for another with the same one.`,
    );
  }
  return typeof region === "string" && region !== ""
    ? undefined
    : refuseOrigin(
        "LE-B-39",
        "origin.s3.region",
        `is needed with an origin access identity: got ${quoteValue(region)}.`,
      );
}
