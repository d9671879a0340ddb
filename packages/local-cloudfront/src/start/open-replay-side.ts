import { cloudFrontFunctionsOf } from "../distribution/cloudfront-functions.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import { perEdgeLocation } from "../replay/location-cache.ts";
import { createLoggedOrigin } from "../replay/logged-origin.ts";
import type { ReplayMoment } from "../replay/replay-moment.ts";
import type { ReplaySide } from "../replay/replay-side.ts";
import { loadAssembly } from "./load-assembly.ts";
import { createSharedServices, runDistribution } from "./running-distribution.ts";

/** Without bodies, which a log does not hold, these are the heads of some 100,000 objects. */
const maxCacheBytes = 128 * 1024 * 1024;

/** No viewer waits: another environment of a function takes 40 MB, and hardly makes a fast function faster. */
const functionLimits = { parallelism: 1, coldStartAfterMs: 50 };

/**
 * Runs a distribution on the clock of a replay, without a port: its origins respond with what the log says, unless
 * they have content.
 *
 * @param logging the distribution that wrote the log
 * @default logging - the distribution itself
 * @throws {LocalCloudFrontError} as `LocalCloudFront.start` does
 */
export function openReplaySide(
  options: LocalCloudFrontOptions,
  moment: ReplayMoment,
  logging?: Distribution,
): ReplaySide {
  const loaded = loadAssembly(options, moment);
  const { distribution } = loaded;
  const services = createSharedServices(
    { maxCacheBytes, ...options, functionLimits: { ...functionLimits, ...options.functionLimits } },
    moment,
    undefined,
  );
  services.keyValueStores.load(distribution);
  const originClient = createLoggedOrigin(services.originClient, logging ?? distribution, moment);
  const cache = perEdgeLocation(services.createCache(distribution), moment);
  const { edgeLocation } = runDistribution(loaded, cache, { ...services, originClient }, options);
  services.functionRunner.prepare(distribution);
  services.cloudFrontFunctions.prepare(cloudFrontFunctionsOf(distribution));
  return {
    assembly: options.assembly,
    distribution,
    edgeLocation,
    viewer: options.viewer ?? {},
    close: () => services.close(),
  };
}
