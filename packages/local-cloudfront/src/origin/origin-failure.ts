import type { OriginFailure, OriginFailureDetail } from "./origin-client.ts";

/** An origin's failure while it travels as an exception within this room. */
export class OriginFailureError extends Error {
  override readonly name = "OriginFailureError";
  readonly failure: OriginFailure;

  constructor(failure: OriginFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Returns a failure for which CloudFront responds with 502: it could not reach or understand the origin. */
export function badGateway(detail: OriginFailureDetail, message: string): OriginFailure {
  return { status: 502, detail, message };
}

/** Returns a failure for which CloudFront responds with 504: the origin took too long (CF-K-04). */
export function gatewayTimeout(message: string): OriginFailure {
  return { status: 504, detail: "OriginCommError", message };
}

/** Returns what ends an exchange because the local CloudFront closes; no viewer is left to see it. */
export function closing(subject: string): OriginFailureError {
  return new OriginFailureError(
    badGateway("OriginCommError", `${subject} is not waited for: the local CloudFront closes.`),
  );
}

const nameErrors: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
]);

/**
 * Returns what an error of the socket or of the HTTP parser means.
 *
 * @param subject the origin as messages name it
 * @param isConnected whether the connection stood when the error came
 */
export function originFailureOf(
  error: unknown,
  subject: string,
  isConnected: boolean,
): OriginFailure {
  if (error instanceof OriginFailureError) return error.failure;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = code === "" ? String(error) : code;
  if (nameErrors.has(code)) {
    return badGateway("OriginDnsError", `The name of ${subject} does not resolve: ${reason}.`);
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return badGateway("OriginHeaderTooBigError", `The headers of ${subject} are too large.`);
  }
  if (code.startsWith("HPE_")) {
    return badGateway(
      "OriginInvalidResponseError",
      `${subject} did not respond in HTTP: ${reason}.`,
    );
  }
  if (code.startsWith("ERR_INVALID_")) {
    return badGateway("OriginCommError", `No such request can go to ${subject}: ${String(error)}.`);
  }
  if (code === "ETIMEDOUT")
    return gatewayTimeout(`${subject} did not accept a connection in time.`);
  return isConnected
    ? badGateway(
        "OriginReadError",
        `${subject} closed the connection without a response: ${reason}.`,
      )
    : badGateway("OriginConnectError", `${subject} could not be connected to: ${reason}.`);
}
