import type { TemplateProperty } from "cloud-assembly";
import { bucketPolicyConditionHolds } from "./bucket-policy-condition.ts";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import { canonicalUserOf } from "./synthetic-ids.ts";

/** As whom CloudFront asks a bucket. */
export type BucketReader =
  | { readonly kind: "anonymous" }
  /** Signed by an origin access control. */
  | { readonly kind: "service" }
  | { readonly kind: "origin-access-identity"; readonly id: string };

/** What CloudFront asks of a bucket. */
export interface BucketRequest {
  readonly reader: BucketReader;
  readonly distributionArn: string;
  /** As in `s3:GetObject`. */
  readonly action: string;
  /** The ARN of a bucket or an object. */
  readonly resource: string;
}

/**
 * Whether a statement of a bucket policy is about a request.
 *
 * @param whenUnknown the answer where the statement asks for what is not known here (`NotAction`,
 *   other condition keys): false for statements that allow, true for those that deny.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function statementApplies(
  statement: TemplateProperty,
  request: BucketRequest,
  whenUnknown: boolean,
): boolean {
  const inverted = ["NotPrincipal", "NotAction", "NotResource"];
  if (inverted.some((name) => statement.property(name).isPresent)) return whenUnknown;
  return (
    principalMatches(statement.property("Principal"), request.reader) &&
    // Actions compare without regard to case, ARNs do not.
    anyMatches(statement.property("Action"), request.action, (text) => text.toLowerCase()) &&
    anyMatches(statement.property("Resource"), request.resource, (text) => text) &&
    bucketPolicyConditionHolds(statement.property("Condition"), request, whenUnknown)
  );
}

function principalMatches(principal: TemplateProperty, reader: BucketReader): boolean {
  if (principal.value() === "*") return true;
  const names = (kind: string): readonly string[] =>
    principal
      .property(kind)
      .oneOrMore()
      .map((name) => name.string());
  if (names("AWS").includes("*")) return true;
  switch (reader.kind) {
    case "anonymous":
      return false;
    case "service":
      return names("Service").includes("cloudfront.amazonaws.com");
    case "origin-access-identity":
      return (
        names("CanonicalUser").includes(canonicalUserOf(reader.id)) ||
        names("AWS").some((arn) =>
          arn.endsWith(`user/CloudFront Origin Access Identity ${reader.id}`),
        )
      );
  }
}

function anyMatches(
  patterns: TemplateProperty,
  text: string,
  fold: (text: string) => string,
): boolean {
  return patterns
    .oneOrMore()
    .some((pattern) => compileWildcards(fold(pattern.string()))(fold(text)));
}
