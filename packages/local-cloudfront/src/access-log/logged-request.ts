import { isIP } from "node:net";
import type { AccessLogFieldName } from "./access-log-fields.ts";
import { decodeLogValue } from "./access-log-line.ts";

/** A field that a line may have: those of a standard log, what logging v2 adds, and the weight of a condensed line. */
export type LoggedFieldName =
  | AccessLogFieldName
  | "timestamp"
  | "timestamp(ms)"
  | "c-country"
  | "weight";

/** What a line of an access log says of a request and its response. Texts are byte strings. */
export interface LoggedRequest {
  /** Milliseconds since the Unix epoch; in whole seconds, unless logging v2 says more. */
  readonly receivedAtMs: number;
  /** How many requests the line stands for. */
  readonly weight: number;
  readonly edgeLocation: string | undefined;
  readonly clientIp: string | undefined;
  readonly port: number;
  readonly country: string | undefined;
  readonly method: string;
  readonly uri: string;
  readonly querystring: string | undefined;
  readonly protocol: "http" | "https";
  readonly httpVersion: "1.0" | "1.1" | "2.0";
  /** As the viewer sent it; undefined where that is the distribution's own name, `d….cloudfront.net`. */
  readonly host: string | undefined;
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  readonly cookie: string | undefined;
  readonly forwardedFor: string | undefined;
  /** 0 where the viewer closed the connection before the response (CF-K-05). */
  readonly status: number;
  /** The classification just before the response went out (CF-K-03). */
  readonly resultType: string | undefined;
  readonly detailedResultType: string | undefined;
  readonly contentType: string | undefined;
  /** Bytes of the body, else of the whole response; undefined where the line has neither. */
  readonly responseBytes: number | undefined;
}

/** A line that is no request, and why. */
export interface BrokenLine {
  readonly reason: string;
}

/** Returns the value of a field as it stands in the line; undefined where the line does not have the field. */
export type LoggedField = (name: LoggedFieldName) => string | undefined;

/** Reads the fields of a line. Only a method, a path, a status and a time have to be there. */
export function readLoggedRequest(field: LoggedField): LoggedRequest | BrokenLine {
  const text = (name: LoggedFieldName): string | undefined => {
    const value = field(name);
    return value === undefined ? undefined : decodeLogValue(value);
  };
  const receivedAtMs = timeOf(field);
  if (receivedAtMs === undefined) {
    return broken("date and time", `${field("date") ?? ""} ${field("time") ?? ""}`);
  }
  const method = field("cs-method") ?? "";
  if (!/^[A-Z-]{1,40}$/.test(method) || method === "-") return broken("cs-method", method);
  const uri = text("cs-uri-stem");
  if (uri === undefined || !uri.startsWith("/")) return { reason: "cs-uri-stem is no path" };
  const status = wholeNumber(field("sc-status"));
  if (status === undefined || status > 999) return broken("sc-status", field("sc-status"));
  const clientIp = text("c-ip");
  if (clientIp !== undefined && isIP(clientIp) === 0) return { reason: "c-ip is no IP address" };
  const weight = field("weight") === undefined ? 1 : wholeNumber(field("weight"));
  if (weight === undefined || weight === 0) return broken("weight", field("weight"));
  return {
    receivedAtMs,
    weight,
    edgeLocation: text("x-edge-location"),
    clientIp,
    port: wholeNumber(field("c-port")) ?? 0,
    country: /^[A-Z]{2}$/.exec(field("c-country") ?? "")?.[0],
    method,
    uri,
    querystring: text("cs-uri-query"),
    protocol: ["http", "ws"].includes(field("cs-protocol") ?? "") ? "http" : "https",
    httpVersion: httpVersionOf(field("cs-protocol-version")),
    host: field("x-host-header") === field("cs(Host)") ? undefined : text("x-host-header"),
    referer: text("cs(Referer)"),
    userAgent: text("cs(User-Agent)"),
    cookie: text("cs(Cookie)"),
    forwardedFor: text("x-forwarded-for"),
    status,
    resultType: text("x-edge-response-result-type") ?? text("x-edge-result-type"),
    detailedResultType: text("x-edge-detailed-result-type"),
    contentType: text("sc-content-type"),
    responseBytes: wholeNumber(field("sc-content-len")) ?? wholeNumber(field("sc-bytes")),
  };
}

/** The values that are shown are of fields that name nobody, and cannot steer a terminal. */
function broken(name: string, value = ""): BrokenLine {
  const shown = value.slice(0, 40).replaceAll(/[^ -~]/g, "?");
  return {
    reason: `${name} ${shown.trim() === "" ? "missing" : `not valid: got ${JSON.stringify(shown)}`}`,
  };
}

/**
 * A line says when its response had ended, in whole seconds. Whole seconds are subtracted, so that the lines of a
 * second keep their order.
 */
function timeOf(field: LoggedField): number | undefined {
  const endedAtMs = endOf(field);
  if (endedAtMs === undefined) return undefined;
  const seconds = Number(field("time-taken") ?? 0);
  return endedAtMs - (seconds > 0 && seconds < 86_400 ? Math.floor(seconds) * 1000 : 0);
}

function endOf(field: LoggedField): number | undefined {
  const milliseconds = wholeNumber(field("timestamp(ms)"));
  if (milliseconds !== undefined) return milliseconds;
  const date = field("date");
  const time = field("time");
  if (date !== undefined && time !== undefined) {
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d:\d\d$/.test(time)) return undefined;
    const parsed = Date.parse(`${date}T${time}Z`);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  const seconds = wholeNumber(field("timestamp"));
  return seconds === undefined ? undefined : seconds * 1000;
}

/** HTTP/3 is to CloudFront's functions and policies what HTTP/2 is. */
function httpVersionOf(version: string | undefined): LoggedRequest["httpVersion"] {
  if (version === "HTTP/1.0" || version === "HTTP/0.9") return "1.0";
  return version === "HTTP/1.1" ? "1.1" : "2.0";
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
