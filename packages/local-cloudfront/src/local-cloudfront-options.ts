import type { CloudFrontQuotas } from "cf-rules";
import type { FidelityChoices } from "./edge-location/fidelity-choices.ts";
import type { ViewerProfile } from "./edge-location/request/viewer-profile.ts";
import type { FunctionLimits } from "./lambda-edge/function-limits.ts";
import type { FunctionIsolation } from "./lambda-edge/thread/start-environment.ts";
import type { DebuggerAddress } from "./start/open-debugger.ts";

/** How a local CloudFront is started. */
export interface LocalCloudFrontOptions {
  /** A cloud assembly (`cdk.out`) or a CloudFormation template, JSON or YAML. */
  readonly assembly: string;
  /**
   * The stack's name.
   * @default - the only stack that has a distribution
   */
  readonly stack?: string;
  /**
   * The distribution's logical id.
   * @default - the stack's only distribution
   */
  readonly distribution?: string;
  /**
   * The port for viewers; 0 takes a free one.
   * @default 8787 - the next free one where that is taken
   */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /**
   * Whether viewers speak TLS, HTTP/2 included, with a certificate made at start.
   * @default false
   */
  readonly https?: boolean;
  /**
   * The side of the distribution that the port stands for, whatever the socket itself speaks.
   * @default "https"
   */
  readonly viewerProtocol?: "http" | "https";
  /**
   * Where an origin's content comes from, by the origin's id, its bucket's logical id or its host name,
   * also one that a function chooses: a folder or a URL.
   * @default - the bucket's metadata, then a CDK bucket deployment; custom origins at their name
   */
  readonly origins?: Readonly<Record<string, string>>;
  /**
   * Who viewers are to CloudFront: their country, their device.
   * @default - a desktop computer in the US
   */
  readonly viewer?: ViewerProfile;
  /**
   * Values for the template's parameters.
   * @default - each parameter's default
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * What stacks outside the assembly export, by the export's name.
   * @default - a placeholder where a name is enough
   */
  readonly imports?: Readonly<Record<string, string>>;
  /**
   * Values that only a deployment knows: attributes of resources as in `Api.Endpoint`, ids as in `Api`,
   * and dynamic references as they are written.
   * @default - a placeholder where a name is enough
   */
  readonly values?: Readonly<Record<string, string>>;
  /**
   * The code of functions that lies elsewhere, by the function's ARN, the export or attribute that
   * holds it, or its logical id: a folder or a zip file, for a CloudFront Function its `.js` file.
   * @default - what the template says
   */
  readonly functions?: Readonly<Record<string, string>>;
  /**
   * The data of key value stores, by the store's name, its logical id or its id: JSON files in the format
   * that CloudFront imports, `{"data":[{"key":"a","value":"b"}]}`.
   * @default - the import source of the template
   */
  readonly keyValueStores?: Readonly<Record<string, string>>;
  /**
   * After how many seconds functions see a change of a key value store: CloudFront has taken 21 to 26. `clock.advance`
   * passes them.
   * @default 0
   */
  readonly keyValueStoreDelaySeconds?: number;
  /**
   * The account's quotas where they differ from AWS's defaults, as in `{ urlBytes: 16384 }`.
   * @default - `cloudFrontQuotas` of cf-rules
   */
  readonly quotas?: Partial<CloudFrontQuotas>;
  /**
   * What the execution environments of functions may take of this machine.
   * @default - 1000 invocations at once, in up to 64 worker threads
   */
  readonly functionLimits?: Partial<FunctionLimits>;
  /**
   * Where execution environments run: in threads of this process, or each in a process of its own,
   * which costs more time and memory and contains functions that are hostile on purpose.
   * @default "thread"
   */
  readonly isolation?: FunctionIsolation;
  /**
   * The Region in which functions believe to run, as `AWS_REGION` says.
   * @default "us-east-1"
   */
  readonly region?: string;
  /**
   * Whether functions get your own credentials for AWS, as the AWS CLI finds them.
   * @default false - test credentials, which AWS refuses
   */
  readonly credentials?: boolean;
  /**
   * Bytes of memory for cached objects; those that were not used for longest go first.
   * @default 268435456 - 256 MiB
   */
  readonly maxCacheBytes?: number;
  /**
   * A file for access log lines in CloudFront's standard format; more are added to those it has.
   * @default - none is written
   */
  readonly accessLog?: string;
  /**
   * Where Node.js's debugger is opened for the functions. While it is open, in whichever way, their
   * timeouts do not count.
   * @default - it is not opened
   */
  readonly debugger?: DebuggerAddress;
  /**
   * What is to be assumed where AWS does not say what CloudFront does.
   * @default - the choices of docs/FIDELITY.md
   */
  readonly fidelity?: FidelityChoices;
  /**
   * Whether the inspector, a page that shows the way of each request, listens on this machine; with
   * a port, 0 takes a free one. `true` takes 8788, or a free one where that is taken or `port` is 0.
   * @default false - the command starts it
   */
  readonly inspector?: boolean | { readonly port: number };
  /**
   * Whether the policies (Content-Security-Policy) that go out name an endpoint for reports here, so that
   * what a browser blocks is reported in the inspector and to the listener.
   * @default false - the command switches it on
   */
  readonly policyReports?: boolean;
  /**
   * Whether the pages of browsers are loaded again when a reload has changed what is served: a script of the
   * site's own origin stands at the end of each document that a browser shows, where its policies permit that.
   * @default false - the command switches it on where it serves changes
   */
  readonly liveReload?: boolean;
  /**
   * Whether a browser that opens a page shows why a function failed, in place of CloudFront's error page.
   * Status and headers stay CloudFront's.
   * @default false - the command switches it on
   */
  readonly errorOverlay?: boolean;
  /**
   * How many traces are kept. Each one more costs every request a little: what is kept long is
   * moved about in memory.
   * @default 100
   */
  readonly maxTraces?: number;
  /**
   * Bytes of memory for traces, roughly; the oldest go first.
   * @default 16777216 - 16 MiB
   */
  readonly maxTraceBytes?: number;
  /**
   * Headers whose values traces do not tell, in any case. Functions and origins get them as they are.
   * @default - authorization, cookie, proxy-authorization, set-cookie, x-amz-security-token, x-api-key
   */
  readonly maskedHeaders?: readonly string[];
}
