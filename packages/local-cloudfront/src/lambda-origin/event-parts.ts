import { textOfBytes } from "../http/byte-string.ts";
import type { HttpRequest } from "../http/http-message.ts";

/** The header lines of a request as an endpoint sees them: those of CloudFront's connection to it included. */
export function headerLines(
  { headers }: HttpRequest,
  domainName: string,
): readonly (readonly [name: string, values: readonly string[]])[] {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== "host" && !ofConnection.has(name))
    .map(([, values]): [string, string[]] => [
      values[0]?.key ?? "",
      values.map(({ value }) => textOfBytes(value)),
    ]);
  return [
    ...lines,
    ["Host", [domainName]],
    ["X-Forwarded-Port", ["443"]],
    ["X-Forwarded-Proto", ["https"]],
  ];
}

const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/** Names and decoded values of a query string, in order. */
export function queryParameters(querystring: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(textOfBytes(querystring))];
}

/** Values by name. */
export function groupedByName(
  pairs: readonly (readonly [name: string, value: string])[],
): Readonly<Record<string, readonly string[]>> {
  const grouped: Record<string, string[]> = {};
  for (const [name, value] of pairs) (grouped[name] ??= []).push(value);
  return grouped;
}

/** A body as it stands in an event. */
export interface EventBody {
  /** Undefined where the request has none. */
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** Returns the body in an event: as text, or in base64 where its media type is binary. */
export function eventBody({ body }: HttpRequest, isBinary: boolean): EventBody {
  if (body === undefined || body.byteLength === 0)
    return { body: undefined, isBase64Encoded: false };
  const bytes = Buffer.from(body);
  return { body: bytes.toString(isBinary ? "base64" : "utf8"), isBase64Encoded: isBinary };
}

/** The first value of a header; empty where it is absent. */
export function headerValue({ headers }: HttpRequest, name: string): string {
  return textOfBytes(headers[name]?.[0]?.value ?? "");
}

/** As in `30/Nov/2026:19:03:58 +0000`. */
export function requestTime(nowMs: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(nowMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Decodes a path; what is no percent-encoded UTF-8 stays as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
