import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  respondAsAcm,
  respondAsCloudTrail,
  respondAsIam,
  type TestAccount,
} from "./account-services.ts";
import { actionsOf } from "./action-of.ts";
import { type AwsResponse, errorResponse } from "./aws-response.ts";
import { type AwsRequest, readAwsRequest } from "./aws-request.ts";
import { respondAsCloudFormation, type TestCloudFormation } from "./cloudformation.ts";
import { respondAsFunctions } from "./cloudfront-functions.ts";
import { respondAsCloudFront, type TestCloudFront } from "./cloudfront.ts";
import { respondAsKeyValueStores, type TestKeyValueStores } from "./key-value-stores.ts";
import { respondAsLambda } from "./lambda.ts";
import { respondAsLogs, type TestLogEvents, type TestLogGroups } from "./logs.ts";
import { respondAsMetrics, type TestMetrics } from "./metrics.ts";
import { respondAsS3, type TestBuckets } from "./s3.ts";
import type { TestVersions } from "./s3-versions.ts";
import { respondAsSsm } from "./ssm.ts";
import { respondAsSts, testAccount } from "./sts.ts";
import { respondAsTagging } from "./tagged-resources.ts";

/** How a request fails, once it has been recorded. */
export type Fault =
  | "throttling"
  | "server error"
  | "connection reset"
  | "access denied"
  | "expired";

/** A request, and whether it was answered as asked. */
export interface RecordedRequest extends AwsRequest {
  /** As in `s3:PutObject`. */
  readonly action: string;
  readonly fault: Fault | undefined;
}

/** How the test double is to be. */
export interface AwsTestDoubleOptions {
  /** @default "d111111abcdef8.cloudfront.net" */
  readonly distributionDomainName?: string;
  /** @default true */
  readonly isBootstrapped?: boolean;
  readonly account?: Partial<TestAccount>;
}

const maxRecordedBytes = 1024 * 1024;
const assetsBucket = `cdk-hnb659fds-assets-${testAccount}-us-east-1`;

/**
 * A test double of AWS, for deploys in tests: it stands where AWS would, for the commands of this app and
 * the CDK CLI as far as they call it. It responds to no request that it does not know.
 */
export class AwsTestDouble implements AsyncDisposable {
  readonly requests: RecordedRequest[] = [];
  /** What was asked that it does not know. */
  readonly unknown: string[] = [];
  readonly buckets: TestBuckets = new Map([[assetsBucket, new Map()]]);
  /** What there is beside the present objects. */
  readonly objectVersions: TestVersions = new Map();
  readonly cloudFront: TestCloudFront = {
    invalidations: [],
    distributions: new Map(),
    inProgressCount: 0,
  };
  readonly cloudFormation: TestCloudFormation;
  readonly logGroups: TestLogGroups = new Map();
  readonly logEvents: TestLogEvents = new Map();
  readonly metrics: TestMetrics = new Map();
  readonly keyValueStores: TestKeyValueStores = new Map();
  /** Decides which requests fail. */
  faultOf: (request: AwsRequest, action: string) => Fault | undefined = () => undefined;
  /** Is called when a request has changed something, or may have. */
  changed: () => void = () => undefined;
  readonly url: string;
  readonly #options: AwsTestDoubleOptions;
  readonly #close: () => Promise<void>;

  private constructor(url: string, options: AwsTestDoubleOptions, close: () => Promise<void>) {
    this.url = url;
    this.#options = options;
    this.#close = close;
    this.cloudFormation = {
      stacks: new Map(),
      deletedStacks: new Map(),
      functions: new Map(),
      lambdas: new Map(),
      tagged: new Map(),
      distributions: this.cloudFront.distributions,
      distributionDomainName: options.distributionDomainName ?? "d111111abcdef8.cloudfront.net",
      keyValueStores: this.keyValueStores,
      rollbackReason: undefined,
      holdsReplicas: false,
      busyCount: 0,
    };
  }

  static async open(options: AwsTestDoubleOptions = {}): Promise<AwsTestDouble> {
    const server = createServer(async (incoming, outgoing) => {
      try {
        await double.#serve(incoming, outgoing);
      } catch (error) {
        outgoing.destroy();
        throw error;
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const double = new AwsTestDouble(`http://127.0.0.1:${port}`, options, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
    return double;
  }

  /** The objects of the bucket that holds the site. */
  get site() {
    const [name = "none"] = [...this.buckets.keys()].filter((each) => each !== assetsBucket);
    return this.buckets.get(name) ?? new Map<string, never>();
  }

  /** The zip files that the CDK CLI has stored. */
  get assets() {
    return this.buckets.get(assetsBucket) ?? new Map<string, never>();
  }

  /** Forgets what was asked, and nothing else. */
  forgetRequests(): void {
    this.requests.length = 0;
  }

  /** The IAM actions that were called with an access key, each once, sorted. */
  actionsOf(accessKeyId: string): readonly string[] {
    const actions = this.requests
      .filter((request) => request.accessKeyId === accessKeyId)
      .flatMap((request) => actionsOf(request));
    return [...new Set(actions)].sort();
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readAwsRequest(incoming);
    const [action = ""] = actionsOf(request);
    const fault = this.faultOf(request, action);
    // The parts of large files would fill the memory of the test.
    const isLarge = request.body.byteLength > maxRecordedBytes;
    const recorded = isLarge ? { ...request, body: new Uint8Array() } : request;
    this.requests.push({ ...recorded, action, fault });
    if (fault === "connection reset") {
      incoming.socket.resetAndDestroy();
      return;
    }
    const { status, headers, body } =
      fault === undefined ? this.#respond(request) : faultResponse(request, fault);
    if (request.method !== "GET" && request.method !== "HEAD") this.changed();
    outgoing.writeHead(status, { "x-amzn-requestid": "test-double", ...headers });
    outgoing.end(request.method === "HEAD" ? undefined : body);
  }

  #respond(request: AwsRequest): AwsResponse {
    const response = this.#knownResponse(request);
    if (response !== undefined) return response;
    const { service, operation, method, path, query } = request;
    this.unknown.push(`${service} ${operation} ${method} ${path}?${query}`);
    return errorResponse(
      request,
      400,
      "UnknownToTheTestDouble",
      "The test double does not know it.",
    );
  }

  #knownResponse(request: AwsRequest): AwsResponse | undefined {
    const { account, isBootstrapped = true } = this.#options;
    const known: TestAccount = {
      deniedActions: [],
      certificates: new Map(),
      concurrentExecutions: 1000,
      ...account,
    };
    switch (request.service) {
      case "sts":
        return respondAsSts(request);
      case "ssm":
        return respondAsSsm(request, isBootstrapped);
      case "s3":
        return respondAsS3(request, this.buckets, this.objectVersions);
      case "cloudformation":
        return respondAsCloudFormation(request, this.cloudFormation, this.buckets);
      case "cloudfront":
        return (
          respondAsFunctions(request, this.cloudFormation.functions) ??
          respondAsCloudFront(request, this.cloudFront)
        );
      case "cloudfront-keyvaluestore":
        return respondAsKeyValueStores(request, this.keyValueStores);
      case "logs":
        return respondAsLogs(request, this.logGroups, this.logEvents);
      case "monitoring":
        return respondAsMetrics(request, this.metrics);
      case "cloudtrail":
        return respondAsCloudTrail(request);
      case "iam":
        return respondAsIam(request, known);
      case "acm":
        return respondAsAcm(request, known);
      case "lambda":
        return respondAsLambda(request, known, this.cloudFormation);
      case "tagging":
        return respondAsTagging(request, this.cloudFormation.tagged);
      default:
        return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

function faultResponse(
  request: AwsRequest,
  fault: Exclude<Fault, "connection reset">,
): AwsResponse {
  switch (fault) {
    case "throttling":
      return errorResponse(request, 400, "ThrottlingException", "Rate exceeded");
    case "server error":
      return errorResponse(request, 503, "ServiceUnavailable", "Please try again.");
    case "access denied":
      return errorResponse(request, 403, "AccessDenied", "Access Denied");
    case "expired":
      return errorResponse(request, 403, "ExpiredToken", "The security token is expired");
  }
}
