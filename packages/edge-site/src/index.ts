export type { CacheKeyConfig } from "./config/cache-key-config.ts";
export {
  defineEdgeConfig,
  type CompiledForSite,
  type EdgeConfig,
  type EdgeFunctionConfig,
  type LiveCheckConfig,
  type ResolvedEdgeConfig,
  type TryOutConfig,
} from "./config/edge-config.ts";
export type { DomainConfig, ResolvedStageConfig, StageConfig } from "./config/stage-config.ts";
export type { TrafficConfig } from "./cost/traffic-config.ts";
export { EdgeSiteError, type EdgeSiteErrorCode } from "./edge-site-error.ts";
