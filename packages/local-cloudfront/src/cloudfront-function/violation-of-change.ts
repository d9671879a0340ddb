import { checkRequestOrigin, originRewrite } from "cf-rules";
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
  const check = (origin: Readonly<Record<string, unknown>>) =>
    checkRequestOrigin(origin, { requestHeaders, isS3: false, hasAccessControl: false });
  switch (change.kind) {
    case "update":
      return check(change.origin);
    case "select":
      return check(change.options);
    case "group": {
      const { origins } = change.group;
      return origins.length === 2
        ? origins.map(({ overrides }) => check(overrides)).find((found) => found !== undefined)
        : originRewrite("an origin group has exactly two origins");
    }
  }
}
