import type { LeftOutFile } from "cf-site-files";
import type { DeployedFunction, SiteFunctions } from "../artefact/deployed-functions.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { describeCost } from "../cost/describe-cost.ts";
import { siteCost } from "../cost/site-cost.ts";
import type { TrafficConfig } from "../cost/traffic-config.ts";
import type { PreparedSite } from "../site/prepare-site.ts";
import { hasOtherOrigins } from "../site/error-pages.ts";
import { describeLeftOut, siteFiles } from "../site/site-files.ts";
import {
  checkFunctions,
  type FunctionsToCheck,
  type Remark,
} from "../synth-checks/check-functions.ts";

/** A site as it was synthesized. */
export interface SiteToRemarkOn extends Pick<
  FunctionsToCheck,
  "distribution" | "configFile" | "placeOf"
> {
  readonly site: PreparedSite;
  readonly functions: SiteFunctions;
  /** Why the stage has no releases though nothing forbids them; undefined where it has some, or shall have none. */
  readonly noReleases: string | undefined;
}

/**
 * Returns what there is to say of a site beside what is deployed: what is not published, what its plan means, what it
 * costs, and what its packages say.
 *
 * @throws {EdgeSiteError} as `checkFunctions`
 */
export function siteRemarks(
  config: ResolvedEdgeConfig,
  stage: Pick<ResolvedStageConfig, "name" | "plan">,
  { site, functions, noReleases, ...found }: SiteToRemarkOn,
): readonly Remark[] {
  return [
    ...leftOutRemarks(config.siteFolder, site.leftOut),
    ...errorPageRemarks(config, site),
    ...planRemarks(stage, functions.deployed),
    ...releaseRemarks(noReleases),
    ...costRemarks(functions.deployed, config.traffic),
    ...checkFunctions({
      ...found,
      functions: functions.placed,
      siteFolder: site.folder,
      siteFiles: siteFiles(site.folder, config.siteFiles).files.map(({ key }) => key),
      contentTypes: config.contentTypes,
    }),
  ];
}

function costRemarks(
  functions: readonly DeployedFunction[],
  traffic: Required<TrafficConfig>,
): readonly Remark[] {
  return [{ severity: "info", message: describeCost(siteCost(functions, traffic), traffic) }];
}

function planRemarks(
  { name, plan }: Pick<ResolvedStageConfig, "name" | "plan">,
  functions: readonly DeployedFunction[],
): readonly Remark[] {
  if (plan !== "flat-rate") return [];
  const message = `stages.${name}.plan is "flat-rate": the template has managed policies alone. Documents without Cache-Control are cached for a day in place of a minute, the cache key is the path, and responses that no function sees have CloudFront's own security headers. Functions on Lambda@Edge are billed on top of the plan.`;
  const hasStore = functions.some(
    ({ asset }) => asset.engine === "cloudfront-function" && asset.keyValues,
  );
  if (!hasStore) return [{ severity: "info", message }];
  const store = `stages.${name}.plan is "flat-rate", and a function has a key value store (FN-I-58): the plan Free has none. Take Pro, fewer rules, or engine "lambda-edge".`;
  return [
    { severity: "info", message },
    { severity: "warning", message: store },
  ];
}

function releaseRemarks(noReleases: string | undefined): readonly Remark[] {
  if (noReleases === undefined) return [];
  const message = `Without releases a deploy writes over the files of the one before, and nothing rolls back: ${noReleases}. Set releases to false to silence this.`;
  return [{ severity: "info", message }];
}

function errorPageRemarks(
  config: ResolvedEdgeConfig,
  { errorPages }: PreparedSite,
): readonly Remark[] {
  if (errorPages.length === 0 || !hasOtherOrigins(config)) return [];
  const statuses = errorPages.map(({ status }) => status).join(", ");
  const message = `Error pages are the whole distribution's: an API in behaviors that responds with ${statuses} has its body replaced by a page of the site. Leave notFoundPage and errorPages out, or let the API respond with another status.`;
  return [{ severity: "warning", message }];
}

function leftOutRemarks(siteFolder: string, leftOut: readonly LeftOutFile[]): readonly Remark[] {
  if (leftOut.length === 0) return [];
  const message = `siteFolder ${JSON.stringify(siteFolder)} holds what is seldom meant for viewers, and it is not published: ${describeLeftOut(leftOut)}. Name it in siteFiles.include to publish it, or in siteFiles.exclude to silence this.`;
  return [{ severity: "warning", message }];
}
