import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EventType, Origin } from "cf-types";
import { onTestFinished } from "vitest";
import type {
  EdgeFunction,
  FunctionAssociation,
  FunctionCode,
} from "../src/distribution/edge-functions.ts";
import type {
  MutableHeaders,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
} from "../src/http/http-message.ts";
import { createFunctionRunner } from "../src/lambda-edge/create-function-runner.ts";
import type { FunctionRunnerOptions } from "../src/lambda-edge/create-function-runner.ts";
import type {
  FunctionRunner,
  OriginRequestOutcome,
  ViewerRequestOutcome,
} from "../src/lambda-edge/function-runner.ts";
import type { InvocationContext } from "../src/lambda-edge/invocation-context.ts";

/** A runner that is closed when the test is over. */
export function runner(options: FunctionRunnerOptions = {}): FunctionRunner {
  const made = createFunctionRunner(options);
  onTestFinished(() => made.close());
  return made;
}

/** A temporary folder with the given files, removed when the test is over. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "lambda-edge-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A function whose code is the source of its `index.js`, or lies elsewhere. */
export function edgeFunction(
  code: string | FunctionCode,
  overrides: Partial<EdgeFunction> = {},
): EdgeFunction {
  return {
    logicalId: "Rewrite",
    name: "rewrite",
    version: "7",
    arn: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:7",
    runtime: "nodejs24.x",
    handler: "index.handler",
    memoryMb: 128,
    timeoutSeconds: 5,
    code: typeof code === "string" ? { kind: "inline", source: code } : code,
    logGroupName: undefined,
    manifest: undefined,
    ...overrides,
  };
}

/** An association of a function with an event type. */
export function association(
  eventType: EventType,
  code: string | FunctionCode,
  overrides: Partial<EdgeFunction> & { readonly includeBody?: boolean } = {},
): FunctionAssociation {
  const { includeBody = false, ...rest } = overrides;
  return { eventType, includeBody, edgeFunction: edgeFunction(code, rest) };
}

export const context: InvocationContext = {
  distributionId: "E2EXAMPLE",
  distributionDomainName: "d111111abcdef8.cloudfront.net",
  requestId: "request-id==",
};

/** An event for functions that do not look at it. */
export const anyEvent = "{}";

/** Headers by name, with names in lower case. */
export function headers(values: Readonly<Record<string, string>> = {}): HttpHeaders {
  const made: MutableHeaders = Object.create(null);
  for (const [key, value] of Object.entries(values)) {
    made[key.toLowerCase()] = [{ key, value }];
  }
  return made;
}

export function request(overrides: Partial<HttpRequest> = {}): HttpRequest {
  return {
    clientIp: "192.0.2.44",
    method: "GET",
    uri: "/notes/1",
    querystring: "page=2",
    headers: headers({ Host: "d111111abcdef8.cloudfront.net", "user-agent": "test/1.0" }),
    body: undefined,
    ...overrides,
  };
}

export function response(overrides: Partial<HttpResponse> = {}): HttpResponse {
  return {
    status: 200,
    statusDescription: "OK",
    headers: headers({ "Content-Type": "text/html", "Content-Length": "5" }),
    body: Buffer.from("hello"),
    ...overrides,
  };
}

export const s3Origin: Origin = {
  s3: {
    authMethod: "none",
    customHeaders: {},
    domainName: "bucket.s3.us-east-1.amazonaws.com",
    path: "",
    readTimeout: 30,
    responseCompletionTimeout: 30,
  },
};

/** The body of a generated response, or what came instead. */
export function bodyOf(outcome: ViewerRequestOutcome | OriginRequestOutcome): string {
  return outcome.kind === "generated-response" ? String(outcome.response.body) : outcome.kind;
}
