import { requestEventJson, responseEventJson } from "../functions/sample-events.ts";

interface Line {
  readonly value: string;
}
interface LambdaEvent {
  readonly Records: readonly [{ readonly cf: LambdaPayload }];
}
interface LambdaPayload {
  readonly request: {
    readonly uri: string;
    readonly headers: Readonly<Record<string, readonly [Line]>>;
  };
  readonly response?: { readonly headers: Readonly<Record<string, readonly [Line]>> };
}

/** Returns the JSON of the event that a CloudFront Function gets for a browser's navigation. */
export function njsRequestEventJson(uri: string): string {
  return JSON.stringify(eventOf(requestEventJson(uri)));
}

/** Returns the JSON of the event that a CloudFront Function gets for an HTML page of an S3 origin. */
export function njsResponseEventJson(): string {
  return JSON.stringify(eventOf(responseEventJson()));
}

function eventOf(lambdaEventJson: string): object {
  const { Records }: LambdaEvent = JSON.parse(lambdaEventJson);
  const { request, response } = Records[0].cf;
  const { uri } = request;
  return {
    version: "1.0",
    context: { eventType: response === undefined ? "viewer-request" : "viewer-response" },
    viewer: { ip: "203.0.113.178" },
    request: { method: "GET", uri, querystring: {}, headers: values(request.headers), cookies: {} },
    ...(response && {
      response: {
        statusCode: 200,
        statusDescription: "OK",
        headers: values(response.headers),
        cookies: {},
      },
    }),
  };
}

function values(
  headers: Readonly<Record<string, readonly [Line]>>,
): Readonly<Record<string, Line>> {
  const entries = Object.entries(headers).map(([name, [{ value }]]) => [name, { value }]);
  return Object.fromEntries(entries);
}
