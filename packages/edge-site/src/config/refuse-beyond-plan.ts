import { shown } from "option-checks";
import type { EdgeConfig } from "./edge-config.ts";
import { invalid } from "./setting-checks.ts";

/**
 * Refuses what the flat-rate plans Free and Pro do not have: each takes managed policies alone, and a distribution
 * without a web ACL none of them (FN-I-58).
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/flat-rate-pricing-plan.html
 */
export function refuseBeyondPlan({ stages = {}, cacheKey = {} }: EdgeConfig): void {
  for (const [name, { plan, webAclArn }] of Object.entries(stages)) {
    if (plan !== "flat-rate") continue;
    if (webAclArn === undefined) {
      throw invalid(
        `stages.${name}.plan is "flat-rate", whose distributions must have a web ACL: got no webAclArn. Set stages.${name}.webAclArn, or plan to "pay-as-you-go".`,
      );
    }
    if (Object.keys(cacheKey).length > 0) {
      throw invalid(
        `stages.${name}.plan is "flat-rate", which takes no cache policy of its own in Free and Pro: got ${shown(cacheKey)} for cacheKey. Leave cacheKey out, or set plan to "pay-as-you-go".`,
      );
    }
  }
}
