import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { startTestCloudFront, type TestCloudFrontOptions } from "./start-test-cloudfront.ts";

/** Starts a local CloudFront with its inspector, which ends with the test, and what asks that. */
export async function startInspected(options: TestCloudFrontOptions = {}) {
  const started = await startTestCloudFront({
    ...options,
    options: { inspector: true, ...options.options },
  });
  const url = started.cloudfront.inspectorUrl;
  if (url === undefined) throw new Error("There is no inspector.");
  const answerTo = async (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ) => {
    const incoming = await sendTo(url, path, headers, body);
    return { status: incoming.statusCode, headers: incoming.headers, body: await text(incoming) };
  };
  const act = async (path: string, body: object) => {
    const { status, body: json } = await answerTo(
      path,
      { "content-type": "application/json", origin: url },
      JSON.stringify(body),
    );
    return { status, value: JSON.parse(json) as Record<string, unknown> };
  };
  const detailsOf = async (requestId = "") => {
    const { status, body } = await answerTo(`/api/requests/${requestId}`);
    return { status, details: JSON.parse(body) as Details };
  };
  return { ...started, url, answerTo, act, detailsOf };
}

/** All that a cache behavior may allow. */
export const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

/** What the inspector tells of a request. */
export interface Details {
  readonly trace: { readonly uri: string };
  readonly stages: readonly {
    readonly stage: string;
    readonly state: string;
    readonly reason: string;
  }[];
}

/** `fetch` does not let Host and Origin be chosen, which is what is tested here. */
export async function sendTo(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<IncomingMessage> {
  const sent = httpRequest(url, { path, headers, method: body === undefined ? "GET" : "POST" });
  sent.end(body);
  const [incoming] = (await once(sent, "response")) as [IncomingMessage];
  return incoming;
}
