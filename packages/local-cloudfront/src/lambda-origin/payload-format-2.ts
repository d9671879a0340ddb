import { randomUUID } from "node:crypto";
import { textOfBytes } from "../http/byte-string.ts";
import {
  eventBody,
  groupedByName,
  headerLines,
  headerValue,
  queryParameters,
  requestTime,
} from "./event-parts.ts";
import { cloudFrontAddress, type EndpointRequest } from "./lambda-origin.ts";

/** What the two endpoints that speak this format tell differently. */
export interface Format2Context {
  readonly accountId: string;
  readonly routeKey: string;
  readonly stage: string;
  /** As the endpoint shows it: a function URL leaves it encoded. */
  readonly rawPath: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/**
 * Returns the event of payload format 2.0, JSON text, in which what is absent has no member.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function format2Event(asked: EndpointRequest, context: Format2Context): string {
  const { request, domainName, clock } = asked;
  const { rawPath, routeKey, stage, pathParameters, stageVariables } = context;
  const [apiId = ""] = domainName.split(".");
  const cookies = cookiesOf(asked);
  const query = joined(groupedByName(queryParameters(request.querystring)));
  const { body, isBase64Encoded } = eventBody(
    request,
    isBinary(headerValue(request, "content-type")),
  );
  const nowMs = clock.now();
  return JSON.stringify({
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: textOfBytes(request.querystring),
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(asked),
    ...(isFilled(query) && { queryStringParameters: query }),
    requestContext: {
      accountId: context.accountId,
      apiId,
      domainName,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: cloudFrontAddress,
        userAgent: headerValue(request, "user-agent"),
      },
      requestId: randomUUID(),
      routeKey,
      stage,
      time: requestTime(nowMs),
      timeEpoch: nowMs,
    },
    ...(isFilled(pathParameters) && { pathParameters }),
    ...(isFilled(stageVariables) && { stageVariables }),
    ...(body !== undefined && { body }),
    isBase64Encoded,
  });
}

function cookiesOf({ request: { headers } }: EndpointRequest): readonly string[] {
  return (headers["cookie"] ?? [])
    .flatMap(({ value }) => textOfBytes(value).split(";"))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "");
}

function headersOf({ request, domainName }: EndpointRequest): Readonly<Record<string, string>> {
  const lines = headerLines(request, domainName).map(
    ([name, values]) => [name.toLowerCase(), values.join(",")] as const,
  );
  return Object.fromEntries(lines.filter(([name]) => name !== "cookie"));
}

function joined(
  grouped: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(grouped).map(([name, all]) => [name, all.join(",")]));
}

/** Forms are binary too; a body without a media type is text. */
function isBinary(contentType: string): boolean {
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  return mediaType !== "" && !/^text\/|^application\/(?:json|xml|javascript)$/.test(mediaType);
}

function isFilled(value: Readonly<Record<string, string>>): boolean {
  return Object.keys(value).length > 0;
}
