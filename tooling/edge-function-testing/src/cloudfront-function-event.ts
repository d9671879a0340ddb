import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponseCookies,
  CloudFrontFunctionValue,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
  EventHeaders,
  ViewerRequest,
  ViewerRequestEvent,
  ViewerResponseEvent,
} from "cf-types";

/** Returns the event that a CloudFront Function gets for what Lambda@Edge gets an event for. */
export function cloudFrontFunctionEvent(
  event: ViewerRequestEvent,
): CloudFrontFunctionViewerRequestEvent;
export function cloudFrontFunctionEvent(
  event: ViewerResponseEvent,
): CloudFrontFunctionViewerResponseEvent;
export function cloudFrontFunctionEvent(
  event: ViewerRequestEvent | ViewerResponseEvent,
): CloudFrontFunctionViewerRequestEvent | CloudFrontFunctionViewerResponseEvent;
export function cloudFrontFunctionEvent({
  Records: [{ cf }],
}: ViewerRequestEvent | ViewerResponseEvent):
  | CloudFrontFunctionViewerRequestEvent
  | CloudFrontFunctionViewerResponseEvent {
  const { config, request } = cf;
  const common = {
    version: "1.0",
    viewer: { ip: request.clientIp },
    request: eventRequest(request),
  } as const;
  if (!("response" in cf)) {
    return { ...common, context: { ...config, eventType: "viewer-request" } };
  }
  const { status, statusDescription, headers } = cf.response;
  return {
    ...common,
    context: { ...config, eventType: "viewer-response" },
    response: {
      statusCode: Number(status),
      statusDescription,
      headers: headerValues(headers),
      cookies: setCookies(headers),
    },
  };
}

function eventRequest(request: Readonly<ViewerRequest>): CloudFrontFunctionEventRequest {
  const { method, uri, querystring, headers } = request;
  const cookies = (headers["cookie"] ?? []).flatMap(({ value }) => value.split(";"));
  return {
    method,
    uri,
    querystring: grouped(querystring.split("&").filter(Boolean).map(pairOf)),
    headers: headerValues(headers),
    cookies: grouped(cookies.map((cookie) => pairOf(cookie.trim()))),
    rawQueryString: () => querystring || undefined,
  };
}

function headerValues(headers: EventHeaders): Record<string, CloudFrontFunctionValues> {
  const lines = Object.entries(headers).filter(([name]) => !/^(?:set-)?cookie$/.test(name));
  return grouped(
    lines.flatMap(([name, values]) => values.map(({ value }) => [name, { value }] as const)),
  );
}

function setCookies(headers: EventHeaders): Record<string, CloudFrontFunctionResponseCookies> {
  return grouped(
    (headers["set-cookie"] ?? []).map((line) => {
      const [pair = "", ...attributes] = line.value.split("; ");
      const [name, value] = pairOf(pair);
      return [name, { ...value, attributes: attributes.join("; ") }] as const;
    }),
  );
}

function pairOf(text: string): readonly [string, CloudFrontFunctionValue] {
  const [name = "", ...value] = text.split("=");
  return [name, { value: value.join("=") }];
}

/** FN-I-04: `multiValue` holds all values of a name that has several. */
function grouped<Value extends CloudFrontFunctionValue>(
  pairs: readonly (readonly [string, Value])[],
): Record<string, Value & { multiValue?: Value[] }> {
  const values: Record<string, Value & { multiValue?: Value[] }> = {};
  for (const [name, all] of Map.groupBy(pairs, ([each]) => each)) {
    const multiValue = all.map(([, value]) => value);
    const [first] = multiValue;
    if (first) values[name] = multiValue.length > 1 ? { ...first, multiValue } : { ...first };
  }
  return values;
}
