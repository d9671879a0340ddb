import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { LocalCloudFront, type LocalCloudFrontOptions } from "../../src/index.ts";
import { distributionTemplate, originId, type TestDistribution } from "./distribution-template.ts";
import { type OnEnd, shareStarted } from "./share-started.ts";
import {
  startOriginServer,
  type OriginServer,
  type ReceivedRequest,
} from "./start-origin-server.ts";

export type { OriginServer, ReceivedRequest };

export interface TestCloudFrontOptions extends TestDistribution {
  /** The bucket's files by key; makes the origin an S3 bucket. This, or `server`. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** The custom origin. */
  readonly server?: OriginServer;
  /** Ids of further origins that have the same content. */
  readonly furtherOrigins?: readonly string[];
  readonly options?: Partial<LocalCloudFrontOptions>;
}

/** A local CloudFront of a test, with what its origin received. */
export interface TestCloudFront {
  readonly cloudfront: LocalCloudFront;
  /** What the custom origin received, in order. */
  readonly received: readonly ReceivedRequest[];
  /** The event types that ran for the latest request, in order. */
  invoked(): string[];
  /** The steps of the latest request, in order. */
  steps(): string[];
  /** Requests with GET and returns status, headers and body. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<TestResponse>;
  /** Requests as `fetch` does. */
  request(path: string, init: RequestInit): Promise<TestResponse>;
}

/** What a viewer received. */
export interface TestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `X-Cache` without ` from cloudfront`. */
  readonly xCache: string;
}

/** Returns what gets a local CloudFront that tests share (`shareStarted`). */
export function shareTestCloudFront(
  testOptions: TestCloudFrontOptions,
): () => Promise<TestCloudFront> {
  return shareStarted((onEnd) => startTestCloudFront(testOptions, onEnd));
}

/**
 * Starts a local CloudFront on a template of its own, on a free port; it ends with the test, or when `onEnd` says.
 * Without `files` and `server` the origin is a bucket that holds `index.html` and `a.html`.
 */
export async function startTestCloudFront(
  testOptions: TestCloudFrontOptions = {},
  onEnd: OnEnd = onTestFinished,
): Promise<TestCloudFront> {
  const { files, server, furtherOrigins = [], options, ...distribution } = testOptions;
  const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));

  const origin = server === undefined ? undefined : await startOriginServer(server, onEnd);
  const content =
    origin?.url ??
    writeFiles(folder, files ?? { "index.html": "<h1>index</h1>", "a.html": "<h1>a</h1>" });
  const assembly = join(folder, "template.json");
  const template = distributionTemplate(distribution, server === undefined ? "s3" : "custom");
  writeFileSync(assembly, JSON.stringify(template));

  const cloudfront = await LocalCloudFront.start({
    assembly,
    port: 0,
    origins: Object.fromEntries([originId, ...furtherOrigins].map((id) => [id, content])),
    ...options,
  });
  onEnd(() => cloudfront.close());

  const request = async (path: string, init: RequestInit): Promise<TestResponse> => {
    const response = await cloudfront.fetch(path, init);
    const headers = Object.fromEntries(response.headers);
    const xCache = (headers["x-cache"] ?? "").replace(/ from cloudfront$/, "");
    return { status: response.status, headers, body: await response.text(), xCache };
  };
  const steps = (): string[] => (cloudfront.traces().at(-1)?.steps ?? []).map(({ step }) => step);
  return {
    cloudfront,
    received: origin?.received ?? [],
    steps,
    invoked: () => steps().filter((step) => eventTypes.includes(step)),
    get: (path, headers = {}) => request(path, { headers }),
    request,
  };
}

const eventTypes = ["viewer-request", "origin-request", "origin-response", "viewer-response"];

function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  const site = join(folder, "site");
  mkdirSync(site);
  for (const [key, content] of Object.entries(files)) {
    const file = join(site, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return site;
}
