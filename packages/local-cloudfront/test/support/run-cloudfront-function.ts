import type {
  CloudFrontFunctionConfiguration,
  CloudFrontFunctionEventType,
  CloudFrontFunctionInvocation,
  CloudFrontFunctionRun,
} from "../../src/cloudfront-function/cloudfront-function.ts";
import { eventOfJson, type JsonEvent } from "../../src/cloudfront-function/invocation-event.ts";
import { loadCloudFrontFunctionEngine } from "../../src/cloudfront-function/load-engine.ts";

/** What a test sets of a function and its invocation. */
export type RunSettings = Partial<
  Omit<CloudFrontFunctionConfiguration, "code"> &
    Omit<CloudFrontFunctionInvocation, "event"> & {
      readonly eventType: CloudFrontFunctionEventType;
      /** JSON text. */
      readonly event: string;
    }
>;

/** An event at viewer-request, as JSON text. */
export const requestEvent = JSON.stringify({
  version: "1.0",
  context: { eventType: "viewer-request" },
  viewer: { ip: "192.0.2.1" },
  request: {
    method: "GET",
    uri: "/",
    querystring: { q: { value: "%E5%AE%B6" } },
    headers: { host: { value: "d111.cloudfront.net" } },
    cookies: {},
  },
});

/** Runs a function once. */
export async function runCloudFrontFunction(
  code: string,
  settings: RunSettings = {},
): Promise<CloudFrontFunctionRun> {
  const { name = "f", runtime = "cloudfront-js-2.0", keyValueStores = [], ...rest } = settings;
  const { event = requestEvent, eventType = "viewer-request", ...given } = rest;
  const engine = await loadCloudFrontFunctionEngine();
  const edgeFunction = engine.createFunction({ name, code, runtime, keyValueStores });
  const run = edgeFunction.invoke({
    event: eventOfJson(JSON.parse(event) as JsonEvent, eventType),
    nowMs: Date.UTC(2026, 10, 30),
    rawQueryString: "q=%E5%AE%B6",
    edgeLocation: { name: "FRA", serverIp: "192.0.2.9", region: "REC" },
    ...given,
  });
  edgeFunction.close();
  return run;
}

/** Returns what `body`, the body of a handler, writes to the console. */
export async function logsOf(body: string, settings: RunSettings = {}): Promise<readonly string[]> {
  const code = `import cf from 'cloudfront';
async function handler(event) { ${body}
  return event.request; }`;
  const plain = `function handler(event) { ${body}
  return event.request; }`;
  const isRuntime1 = settings.runtime === "cloudfront-js-1.0";
  const { error, logs } = await runCloudFrontFunction(isRuntime1 ? plain : code, settings);
  return error === undefined ? logs : [...logs, `${error.kind}: ${error.text}`];
}
