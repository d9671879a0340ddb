import { bytesOfText } from "../http/byte-string.ts";
import { copyHeaders } from "../http/empty-headers.ts";
import { lookup } from "node:dns/promises";
import { cloudFrontQuotas } from "cf-rules";
import { LRUCache } from "lru-cache";
import { type ContentTypeRules, everyFile, type SiteFileRules } from "cf-site-files";
import type { Clock } from "../clock.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { CustomOrigin, Origin, OriginContent, S3Origin } from "../distribution/origins.ts";
import { openBucketFolder, type BucketFolder } from "./bucket-folder.ts";
import { openDeployedFolders } from "./deployed-folders.ts";
import { createHttpAgents, type HttpAgents } from "./http-agents.ts";
import { fetchOverHttp } from "./fetch-over-http.ts";
import { readObjectKey } from "./object-key.ts";
import { fetchFromLambda } from "../lambda-origin/fetch-from-lambda.ts";
import type { InvokeFunction } from "../lambda-origin/lambda-origin.ts";
import { withinTime } from "../lambda-origin/within-time.ts";
import type { LambdaEndpoint } from "../distribution/lambda-endpoints.ts";
import type { LastBuilds } from "./last-builds.ts";
import { withLastBuild } from "./with-last-build.ts";
import type { OriginResult, OriginClient, OriginFailure } from "./origin-client.ts";
import { badGateway, gatewayTimeout, originFailureOf } from "./origin-failure.ts";
import type { ViewerProtocol } from "./origin-protocol.ts";
import { fetchFromWebsite } from "./s3-website.ts";
import { fetchFromS3Folder } from "./s3-folder.ts";

/** How an origin client is made. */
export interface OriginClientOptions {
  readonly clock: Clock;
  /**
   * Bytes of an origin's response after which it is given up: what comes over HTTP is held in memory.
   *
   * @default 536870912 - 512 MiB
   */
  readonly maxBodyBytes?: number;
  /**
   * Bytes of the head of an origin's response above which it is refused.
   *
   * @default - CloudFront's quota
   */
  readonly maxHeadBytes?: number;
  /** Runs the functions behind origins. */
  readonly invoke: InvokeFunction;
  /**
   * The last good builds of folders.
   *
   * @default - none are kept
   */
  readonly lastBuilds?: Pick<LastBuilds, "copyOf">;
}

type FolderContent = Extract<OriginContent, { kind: "folder" | "deployed" }>;

interface Workings {
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  readonly maxBodyBytes: number;
  readonly maxHeadBytes: number;
  readonly agents: HttpAgents;
  /** The buckets that folders stand for, by path and rules. */
  readonly folders: LRUCache<string, BucketFolder>;
  readonly lastBuilds: Pick<LastBuilds, "copyOf"> | undefined;
}

const defaultMaxBodyBytes = 512 * 1024 * 1024;

/** Returns a client for all origins of a distribution. */
export function createOriginClient({
  clock,
  maxBodyBytes = defaultMaxBodyBytes,
  maxHeadBytes = cloudFrontQuotas.originResponseHeadBytes,
  invoke,
  lastBuilds,
}: OriginClientOptions): OriginClient {
  const workings: Workings = {
    clock,
    invoke,
    maxBodyBytes,
    maxHeadBytes,
    agents: createHttpAgents(),
    folders: new LRUCache({ max: 100 }),
    lastBuilds,
  };
  return {
    resolve: resolveOrigin,
    async fetch(origin, request, viewerProtocol = "https") {
      try {
        return await fetchFromOrigin(workings, origin, request, viewerProtocol);
      } catch (error) {
        return { kind: "failure", failure: originFailureOf(error, subjectOf(origin), true) };
      }
    },
    async close() {
      workings.agents.close();
    },
  };
}

async function resolveOrigin(origin: Origin): Promise<OriginFailure | undefined> {
  if (origin.content.kind !== "none" || isUnreadableBucket(origin)) return undefined;
  try {
    await lookup(origin.domainName);
    return undefined;
  } catch (error) {
    const failure = originFailureOf(error, subjectOf(origin), false);
    return { ...failure, message: `${failure.message} ${contentRemedy(origin)}` };
  }
}

/** The option that gives an origin content on this machine: what a function chose is named by its host. */
function contentRemedy({ id, domainName, isElsewhere = false }: Origin): string {
  const name = isElsewhere ? domainName : id;
  return `Pass --origin ${name}=DIR or ${name}=URL.`;
}

async function fetchFromOrigin(
  workings: Workings,
  origin: Origin,
  request: HttpRequest,
  viewerProtocol: ViewerProtocol,
): Promise<OriginResult> {
  if (origin.content.kind === "folder" || origin.content.kind === "deployed") {
    return fetchFromFolder(workings, origin, request, origin.content);
  }
  if (origin.content.kind === "lambda") {
    return fetchFromEndpoint(workings, origin, request, origin.content.endpoint);
  }
  if (origin.content.kind === "not-deployed") {
    const { reason = "only a deployment gives it its host name" } = origin.content;
    const message = `${subjectOf(origin)} is not contacted: ${reason}. ${contentRemedy(origin)}`;
    return { kind: "failure", failure: badGateway("OriginDnsError", message) };
  }
  if (isUnreadableBucket(origin)) {
    const message = `${subjectOf(origin)} has no content on this machine, and its bucket is private. ${contentRemedy(origin)}`;
    return { kind: "failure", failure: badGateway("OriginConnectError", message) };
  }
  return fetchOverHttp({
    origin,
    subject: subjectOf(origin),
    request,
    viewerProtocol,
    agents: workings.agents,
    maxBodyBytes: workings.maxBodyBytes,
    maxHeadBytes: workings.maxHeadBytes,
  });
}

async function fetchFromEndpoint(
  { clock, invoke }: Workings,
  origin: Origin,
  request: HttpRequest,
  endpoint: LambdaEndpoint,
): Promise<OriginResult> {
  const { domainName, readTimeoutSeconds } = origin;
  const asked = {
    request: withCustomHeaders(request, origin),
    domainName,
    path: `${origin.path}${request.uri}`,
    clock,
    invoke,
  };
  const signingBehavior = origin.kind === "custom" ? origin.signingBehavior : undefined;
  const responded = await withinTime(
    fetchFromLambda(endpoint, asked, signingBehavior),
    readTimeoutSeconds * 1000,
  );
  if (responded !== undefined) return { kind: "response", ...responded };
  const message = `${subjectOf(origin)} did not send anything within ${readTimeoutSeconds} s.`;
  return { kind: "failure", failure: gatewayTimeout(message) };
}

/** A custom header of the origin takes the place of one of the same name (CF-H-25). */
function withCustomHeaders(request: HttpRequest, { customHeaders }: Origin): HttpRequest {
  const headers = copyHeaders(request.headers);
  for (const { name, value } of customHeaders) {
    headers[name.toLowerCase()] = [{ key: name, value: bytesOfText(value) }];
  }
  return { ...request, headers };
}

async function fetchFromFolder(
  workings: Workings,
  origin: Origin,
  request: HttpRequest,
  content: FolderContent,
): Promise<OriginResult> {
  // Whoever fills the bucket of another origin publishes what is in the folder.
  const rules = origin.kind === "s3" ? (origin.siteFiles ?? everyFile) : everyFile;
  const contentTypes = origin.kind === "s3" ? origin.contentTypes : undefined;
  const folder = folderAt(workings, content, rules, contentTypes);
  const response =
    origin.kind === "s3"
      ? await fetchFromS3Folder(origin, request, folder, workings.clock)
      : await fetchFromPublicBucket(origin, request, folder, workings.clock);
  if (response.status !== 404 && response.status !== 403) return { kind: "response", response };
  const objectKey = readObjectKey(`${origin.path}${request.uri}`);
  const notPublished = objectKey.kind === "key" ? folder.whyNotPublished(objectKey.key) : undefined;
  return { kind: "response", response, notPublished };
}

function folderAt(
  workings: Workings,
  content: FolderContent,
  rules: SiteFileRules,
  contentTypes: ContentTypeRules | undefined,
): BucketFolder {
  const { folders, lastBuilds } = workings;
  const id = JSON.stringify([content, rules, contentTypes]);
  const known = folders.get(id);
  if (known !== undefined) return known;
  const opened =
    content.kind === "folder"
      ? openBucketFolder(content.path, rules, contentTypes)
      : openDeployedFolders(content.folders, rules);
  const lastBuildOf = (path: string): BucketFolder | undefined => {
    const copy = lastBuilds?.copyOf(path);
    if (copy === undefined) return undefined;
    return folderAt(workings, { kind: "folder", path: copy }, rules, contentTypes);
  };
  const folder =
    content.kind === "folder" && lastBuilds !== undefined
      ? withLastBuild(opened, () => lastBuildOf(content.path))
      : opened;
  folders.set(id, folder);
  return folder;
}

/** A bucket behind OAC or OAI opens to signed requests only, and nothing signs here. */
function isUnreadableBucket(origin: Origin): boolean {
  return origin.kind === "s3" && origin.content.kind === "none" && origin.access.kind !== "public";
}

/**
 * FIDELITY CF-H-15: a folder that stands for a web server serves its files as a public bucket would,
 * under any Host and without index documents. One that stands for the website endpoint of a bucket of the
 * template has that bucket's index and error documents, redirects and routing rules.
 */
function fetchFromPublicBucket(
  origin: CustomOrigin,
  request: HttpRequest,
  folder: BucketFolder,
  clock: Clock,
): Promise<HttpResponse> {
  const headers = copyHeaders(request.headers);
  delete headers["host"];
  delete headers["authorization"];
  const bucket: S3Origin = {
    ...origin,
    kind: "s3",
    access: { kind: "public" },
    region: "us-east-1",
    bucketLogicalId: undefined,
    mayGetObject: origin.website?.mayGetObject ?? true,
    mayListBucket: origin.website?.mayListBucket ?? true,
  };
  const bareRequest = { ...request, headers };
  const { website, domainName, path } = origin;
  if (website === undefined) return fetchFromS3Folder(bucket, bareRequest, folder, clock);
  const host = request.headers["host"]?.[0]?.value ?? domainName;
  return fetchFromWebsite({
    website,
    host,
    request: bareRequest,
    path: `${path}${request.uri}`,
    folder,
    fetchObject: (single) => fetchFromS3Folder({ ...bucket, path: "" }, single, folder, clock),
    clock,
  });
}

/** The place that is really asked: what stands in for an origin, or its domain name. */
function subjectOf({ id, domainName, content }: Origin): string {
  return `Origin ${id} (${content.kind === "url" ? content.url : domainName})`;
}
