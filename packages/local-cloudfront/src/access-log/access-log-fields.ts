import type { HttpHeaders } from "../http/http-message.ts";
import { headerValue } from "../edge-location/http-headers.ts";
import type { DetailedResultType, ResultType } from "../edge-location/result-type.ts";
import type { ViewerExchange } from "../viewer/viewer-exchange.ts";

/** What a line says beside the exchange itself. */
export interface LoggedExchange extends ViewerExchange {
  /** `d….cloudfront.net` */
  readonly distributionDomainName: string;
  /** Whether the distribution logs cookies. */
  readonly includesCookies: boolean;
}

/** The text of a field before it is encoded; undefined for `-`. */
type AccessLogField = (exchange: LoggedExchange) => string | undefined;

/**
 * The fields of a standard log in their order (CF-K-01).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const accessLogFields = {
  date: ({ delivery }) => new Date(delivery.endedAtMs).toISOString().slice(0, 10),
  time: ({ delivery }) => new Date(delivery.endedAtMs).toISOString().slice(11, 19),
  "x-edge-location": ({ response }) => headerValue(response.headers, "x-amz-cf-pop"),
  "sc-bytes": ({ delivery }) => String(delivery.sentBytes),
  "c-ip": ({ viewerRequest }) => viewerRequest.request.clientIp,
  "cs-method": ({ viewerRequest }) => viewerRequest.request.method,
  "cs(Host)": ({ distributionDomainName }) => distributionDomainName,
  "cs-uri-stem": ({ viewerRequest }) => viewerRequest.request.uri,
  "sc-status": ({ response, delivery }) =>
    delivery.firstByteAtMs === undefined ? "000" : String(response.status),
  "cs(Referer)": (exchange) => requestHeader(exchange, "referer"),
  "cs(User-Agent)": (exchange) => requestHeader(exchange, "user-agent"),
  "cs-uri-query": ({ viewerRequest }) => viewerRequest.request.querystring,
  "cs(Cookie)": (exchange) =>
    exchange.includesCookies ? requestHeader(exchange, "cookie", "; ") : undefined,
  "x-edge-result-type": resultTypeAfterDelivery,
  "x-edge-request-id": ({ record }) => record.requestId,
  "x-host-header": (exchange) => requestHeader(exchange, "host"),
  "cs-protocol": ({ viewerRequest }) => viewerRequest.protocol,
  "cs-bytes": ({ delivery }) => String(delivery.receivedBytes),
  "time-taken": ({ delivery }) => seconds(delivery.endedAtMs - delivery.receivedAtMs),
  "x-forwarded-for": (exchange) => requestHeader(exchange, "x-forwarded-for"),
  "ssl-protocol": ({ delivery }) => delivery.tls?.protocol,
  "ssl-cipher": ({ delivery }) => delivery.tls?.cipher,
  "x-edge-response-result-type": ({ record }) =>
    loggedResultType(record.resultType, record.detailedResultType),
  "cs-protocol-version": ({ viewerRequest }) => `HTTP/${viewerRequest.httpVersion}`,
  "fle-status": () => undefined,
  "fle-encrypted-fields": () => undefined,
  "c-port": ({ viewerRequest }) => String(viewerRequest.port),
  "time-to-first-byte": ({ delivery }) =>
    seconds((delivery.firstByteAtMs ?? delivery.endedAtMs) - delivery.receivedAtMs),
  "x-edge-detailed-result-type": detailAfterDelivery,
  "sc-content-type": ({ response }) => headerValue(response.headers, "content-type"),
  "sc-content-len": ({ response }) => headerValue(response.headers, "content-length"),
  "sc-range-start": ({ response }) => rangeOf(response.headers)?.[0],
  "sc-range-end": ({ response }) => rangeOf(response.headers)?.[1],
} satisfies Readonly<Record<string, AccessLogField>>;

/** The name of a field in a standard log, as `#Fields:` and the JSON of logging v2 have it. */
export type AccessLogFieldName = keyof typeof accessLogFields;

function requestHeader(
  { viewerRequest }: LoggedExchange,
  name: string,
  separator = ", ",
): string | undefined {
  return viewerRequest.request.headers[name]?.map(({ value }) => value).join(separator);
}

/**
 * What a function generated on a miss counts as a miss (CF-K-04).
 *
 * FIDELITY CF-K-02: AWS's list has no word for what viewer-request generates; that of `X-Cache` is
 * taken.
 */
export function loggedResultType(resultType: ResultType, detail: DetailedResultType): ResultType {
  return detail === "MissGeneratedResponse" ? "Miss" : resultType;
}

/** A viewer that hangs up before it has everything makes an error of any response, as does an origin (CF-K-03). */
function resultTypeAfterDelivery({ record, delivery }: LoggedExchange): ResultType {
  return delivery.isComplete
    ? loggedResultType(record.resultType, record.detailedResultType)
    : "Error";
}

function detailAfterDelivery({ record, response, delivery }: LoggedExchange): DetailedResultType {
  if (delivery.isComplete || record.resultType === "Error") return record.detailedResultType;
  return response.isIncomplete === true ? "OriginReadError" : "ClientCommError";
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function rangeOf(headers: HttpHeaders): readonly [string, string] | undefined {
  const [, start, end] =
    /^bytes (\d+)-(\d+)\//.exec(headerValue(headers, "content-range") ?? "") ?? [];
  return start === undefined || end === undefined ? undefined : [start, end];
}
