import type { TemplateProperty } from "cloud-assembly";
import type { CustomErrorResponse } from "../distribution/distribution.ts";

/** The statuses that can have a custom error response (CF-H-16). */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const responseCodes = [200, ...errorCodes];

/** CloudFront's own (CF-G-21). */
const defaultErrorCachingMinTtlSeconds = 10;

/**
 * Resolves what the viewer gets instead of an origin's errors.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse an entry.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-customerrorresponse.html
 */
export function resolveCustomErrorResponses(
  config: TemplateProperty,
): readonly CustomErrorResponse[] {
  return config
    .property("CustomErrorResponses")
    .items()
    .map((entry) => {
      const errorCode = entry.property("ErrorCode");
      const responseCode = entry.property("ResponseCode");
      const responsePagePath = entry.property("ResponsePagePath");
      checkCode(errorCode, errorCodes);
      if (responseCode.isPresent) checkCode(responseCode, responseCodes);
      if (responseCode.isPresent !== responsePagePath.isPresent) {
        throw entry.error(
          "has only one of ResponseCode and ResponsePagePath",
          "Write both, or neither.",
        );
      }
      return {
        errorCode: errorCode.number(0),
        responseCode: responseCode.number(undefined),
        responsePagePath: resolvePagePath(responsePagePath),
        errorCachingMinTtlSeconds: entry
          .property("ErrorCachingMinTTL")
          .number(defaultErrorCachingMinTtlSeconds),
      };
    });
}

function checkCode(property: TemplateProperty, allowed: readonly number[]): void {
  if (allowed.includes(property.number(0))) return;
  throw property.error(
    "is a status that custom error responses do not have",
    `Allowed are ${allowed.join(", ")}.`,
    "CF-H-16",
  );
}

function resolvePagePath(property: TemplateProperty): string | undefined {
  const path = property.optionalString();
  if (path === undefined || path.startsWith("/")) return path;
  throw property.error("must start with a slash", `Write ${JSON.stringify(`/${path}`)}.`);
}
