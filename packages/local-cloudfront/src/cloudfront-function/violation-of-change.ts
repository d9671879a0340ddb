import { checkOriginChange } from "cf-rules";
import type { CloudFrontFunctionViolation } from "cf-rules";
import type { OriginChange } from "./cloudfront-function.ts";

/**
 * Returns why CloudFront refuses what a function asked of the helpers of the `cloudfront` module; undefined where
 * it does not. What the distribution decides, as whether there is such an origin, is not looked at.
 *
 * @param requestHeaders lower-case names of the headers of the request
 */
export function violationOfChange(
  change: OriginChange,
  requestHeaders: readonly string[],
): CloudFrontFunctionViolation | undefined {
  switch (change.kind) {
    case "update":
      return checkOriginChange("updateRequestOrigin", change.origin, requestHeaders);
    case "select":
      return checkOriginChange("selectRequestOriginById", change.options, requestHeaders);
    case "group": {
      const { origins } = change.group;
      const subject = "createRequestOriginGroup";
      if (origins.length !== 2) {
        return checkOriginChange(subject, { originIds: origins.length }, requestHeaders);
      }
      return origins
        .map(({ overrides }) => checkOriginChange(subject, overrides, requestHeaders))
        .find((violation) => violation !== undefined);
    }
  }
}
