import type { CloudFrontQuotas, EdgeFunctionConfiguration } from "cf-rules";
import type { AssemblyStack } from "cloud-assembly";
import type { AssemblyResources } from "./assembly-resources.ts";
import type {
  CloudFrontFunctionResource,
  KeyValueStoreResource,
} from "../distribution/cloudfront-functions.ts";
import type { EdgeFunction, OriginFunction } from "../distribution/edge-functions.ts";
import type { OriginContent } from "../distribution/origins.ts";

/** What every step of resolving a distribution may ask, and where it leaves its warnings. */
export interface Resolution {
  /** The stack that holds the distribution. */
  readonly stack: AssemblyStack;
  /** As bucket policies name it. */
  readonly distributionArn: string;
  readonly resources: AssemblyResources;
  /** Content by origin id, by a bucket's logical id or by host name; it wins over what the template says. */
  readonly originOverrides: ReadonlyMap<string, OriginContent>;
  /** The ids of the origins resolved so far, and the logical ids of their buckets. */
  readonly originNames: Set<string>;
  /** Absolute paths of folders and zip files by a function's ARN or id; they win over what the template says. */
  readonly functionCodes: ReadonlyMap<string, string>;
  /** Absolute paths of JSON files by the name, the logical id or the id of a key value store; they win likewise. */
  readonly keyValueFiles: ReadonlyMap<string, string>;
  /** The functions resolved so far by ARN: one object for a function on several cache behaviors. */
  readonly edgeFunctions: Map<string, EdgeFunction>;
  /** The functions behind origins that were resolved so far by ARN. */
  readonly originFunctions: Map<string, OriginFunction>;
  readonly cloudFrontFunctions: Map<string, CloudFrontFunctionResource>;
  /** The key value stores resolved so far by ARN. */
  readonly keyValueStores: Map<string, KeyValueStoreResource>;
  /** What CloudFront looks at when it takes a function, of the functions read so far by ARN. */
  readonly functionConfigurations: Map<string, EdgeFunctionConfiguration>;
  /** The version of the machine's Python, as in `3.13`; undefined where there is none. */
  python(): string | undefined;
  readonly quotas: CloudFrontQuotas;
  /** As in `2026-11-23`: runtimes age. */
  readonly today: string;
  /** Notes what the local CloudFront does not do; the same again is noted once. */
  warn(subject: string, message: string): void;
}
