import { cloudFrontQuotas } from "cf-rules";
import type { LoggedExchange } from "../access-log/access-log-fields.ts";
import { createObjectCache } from "../cache/create-object-cache.ts";
import type { ObjectCache } from "../cache/object-cache.ts";
import type { Clock } from "../clock.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { LoadedDistribution } from "../resolve/load-distribution.ts";
import { createEdgeLocation, type EdgeLocation } from "../edge-location/edge-location.ts";
import { loadCloudFrontFunctionEngine } from "../cloudfront-function/load-engine.ts";
import {
  createCloudFrontFunctionRunner,
  type CloudFrontFunctionRunner,
} from "../cloudfront-function/create-cloudfront-function-runner.ts";
import { createFunctionRunner } from "../lambda-edge/create-function-runner.ts";
import type { AwsCredentials } from "../lambda-edge/thread/environment-variables.ts";
import type { FunctionRunner } from "../lambda-edge/function-runner.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import { createOriginClient } from "../origin/create-origin-client.ts";
import { LastBuilds } from "../origin/last-builds.ts";
import { KeyValueStores } from "./key-value-stores.ts";
import type { OriginClient } from "../origin/origin-client.ts";

/** What outlasts the distribution that it serves: functions that are the same stay warm. */
export interface SharedServices {
  readonly clock: Clock;
  readonly functionRunner: FunctionRunner;
  readonly cloudFrontFunctions: CloudFrontFunctionRunner;
  readonly keyValueStores: KeyValueStores;
  readonly originClient: OriginClient;
  /** Keeps none until the command says so. */
  readonly lastBuilds: LastBuilds;
  /** Returns an empty cache of the size that the options allow. */
  createCache(distribution: Distribution): ObjectCache;
  close(): Promise<void>;
}

/** A distribution with everything that runs it; replaced as a whole when the assembly changes. */
export interface RunningDistribution {
  readonly loaded: LoadedDistribution;
  readonly edgeLocation: EdgeLocation;
  readonly objectCache: ObjectCache;
  /** What each line of the access log says of the distribution. */
  readonly logged: Pick<LoggedExchange, "distributionDomainName" | "includesCookies">;
}

/** Returns what runs distributions, by the options of a local CloudFront. */
export function createSharedServices(
  options: LocalCloudFrontOptions,
  clock: Clock,
  credentials: AwsCredentials | undefined,
): SharedServices {
  const quotas = { ...cloudFrontQuotas, ...options.quotas };
  const functionRunner = createFunctionRunner({
    clock,
    quotas,
    limits: { concurrency: quotas.concurrencyPerRegion, ...options.functionLimits },
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(credentials && { credentials }),
    ...(options.isolation === undefined ? {} : { isolation: options.isolation }),
  });
  const lastBuilds = new LastBuilds();
  const originClient = createOriginClient({
    clock,
    maxHeadBytes: quotas.originResponseHeadBytes,
    invoke: (lambda, event) => functionRunner.runOriginFunction(lambda, event),
    lastBuilds,
  });
  const keyValueStores = new KeyValueStores(clock, options.keyValueStoreDelaySeconds ?? 0);
  const cloudFrontFunctions = createCloudFrontFunctionRunner({
    loadEngine: loadCloudFrontFunctionEngine,
    storeOf: (arn) => keyValueStores.of(arn),
  });
  return {
    clock,
    functionRunner,
    cloudFrontFunctions,
    keyValueStores,
    originClient,
    lastBuilds,
    createCache: ({ cacheTagHeader }) =>
      createObjectCache({
        clock,
        cacheTagHeader,
        ...(options.maxCacheBytes === undefined ? {} : { maxBytes: options.maxCacheBytes }),
      }),
    close: async () => {
      cloudFrontFunctions.close();
      await Promise.all([functionRunner.close(), originClient.close(), lastBuilds.close()]);
    },
  };
}

/** Runs a distribution on the services, with a cache that may hold objects already. */
export function runDistribution(
  loaded: LoadedDistribution,
  objectCache: ObjectCache,
  { clock, functionRunner, cloudFrontFunctions, originClient }: SharedServices,
  { fidelity = {} }: Pick<LocalCloudFrontOptions, "fidelity">,
): RunningDistribution {
  const { distribution } = loaded;
  return {
    loaded,
    objectCache,
    edgeLocation: createEdgeLocation({
      distribution,
      objectCache,
      originClient,
      functionRunner,
      cloudFrontFunctions,
      clock,
      fidelity,
    }),
    logged: {
      distributionDomainName: distribution.domainName,
      includesCookies: distribution.logsCookies === true,
    },
  };
}
