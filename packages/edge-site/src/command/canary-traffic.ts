import { InvalidArgumentError } from "cf-command-line";
import type { CanaryTraffic } from "../config/stage-config.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/continuous-deployment-quotas-considerations.html
const maxPercent = 15;
const headerPrefix = "aws-cf-cd-";

/**
 * Reads which requests a canary gets: `5` is a share of the viewers in percent, `aws-cf-cd-canary: yes` a header.
 *
 * @throws {InvalidArgumentError} for what CloudFront does not take
 */
export function canaryTraffic(text: string): CanaryTraffic {
  const percent = /^\d+(?:\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  if (percent >= 1 && percent <= maxPercent) return { percent };
  const [, header = "", value = ""] = /^([\w-]+): *(\S.*)$/.exec(text) ?? [];
  if (header.startsWith(headerPrefix) && header.length > headerPrefix.length) {
    return { header, value };
  }
  throw new InvalidArgumentError(
    `CloudFront sends 1 to ${maxPercent} percent of the viewers to a canary, as in --canary 5, or those whose requests have a header that begins with ${headerPrefix}, as in --canary "${headerPrefix}try: yes".`,
  );
}
