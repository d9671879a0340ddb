import { type TemplateProperty, type TemplateResource, tryResolve } from "cloud-assembly";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import type { S3Origin } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";
import { canonicalUserOf } from "./synthetic-ids.ts";

/** The principal of CloudFront's requests to a bucket. */
export type BucketReader =
  | { readonly kind: "anonymous" }
  /** Signed by an origin access control. */
  | { readonly kind: "service" }
  | { readonly kind: "origin-access-identity"; readonly id: string };

/** A request of CloudFront to a bucket. */
interface BucketRequest {
  readonly reader: BucketReader;
  readonly distributionArn: string;
  /** As in `s3:GetObject`. */
  readonly action: string;
  /** The ARN of a bucket or an object. */
  readonly resource: string;
}

/**
 * Decides from the bucket policies of the assembly what CloudFront may do with a bucket: a
 * statement must allow it, and none may deny it.
 *
 * Statements are taken as S3 would take them, with one simplification: permission to get objects
 * is checked once, for any key under the origin's path. A policy that names single keys or
 * folders below it does not count.
 *
 * @param originPath empty, or starts with a slash and does not end with one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function bucketPermissions(
  bucket: TemplateResource,
  reader: BucketReader,
  originPath: string,
  resolution: Resolution,
): Pick<S3Origin, "mayGetObject" | "mayListBucket"> {
  const statements = policyStatements(bucket, resolution);
  const arn = resolution.resources.physicalId(bucket, "Arn") ?? "";
  const request = { reader, distributionArn: resolution.distributionArn };
  return {
    mayGetObject: isAllowed(statements, {
      ...request,
      action: "s3:GetObject",
      resource: `${arn}${originPath}/any-key`,
    }),
    mayListBucket: isAllowed(statements, { ...request, action: "s3:ListBucket", resource: arn }),
  };
}

function policyStatements(
  bucket: TemplateResource,
  { stack, resources }: Resolution,
): readonly TemplateProperty[] {
  const bucketName = resources.physicalId(bucket);
  return (bucket.stack.id === stack.id ? [stack] : [bucket.stack, stack])
    .flatMap((stack) => resources.ofType(stack, "AWS::S3::BucketPolicy"))
    .map(({ properties }) => properties)
    .filter((policy) => tryResolve(() => policy.property("Bucket").string()) === bucketName)
    .flatMap((policy) => policy.property("PolicyDocument").property("Statement").oneOrMore());
}

function isAllowed(statements: readonly TemplateProperty[], request: BucketRequest): boolean {
  const withEffect = (effect: "Allow" | "Deny"): readonly TemplateProperty[] =>
    statements.filter(
      (statement) => statement.property("Effect").oneOf(["Allow", "Deny"]) === effect,
    );
  return (
    withEffect("Allow").some((statement) => statementApplies(statement, request, false)) &&
    !withEffect("Deny").some((statement) => statementApplies(statement, request, true))
  );
}

/**
 * Whether a statement of a bucket policy is about a request.
 *
 * @param whenUnknown the result where the statement has what is not evaluated here (`NotAction`,
 *   other condition keys): false for statements that allow, true for those that deny.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
function statementApplies(
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
    conditionHolds(statement.property("Condition"), request, whenUnknown)
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

type Operator = (actual: string, expected: string) => boolean;

const isLike: Operator = (actual, expected) => compileWildcards(expected)(actual);

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["StringEquals", (actual, expected) => actual === expected],
  ["StringNotEquals", (actual, expected) => actual !== expected],
  ["StringLike", isLike],
  ["ArnEquals", isLike],
  ["ArnLike", isLike],
  ["Bool", (actual, expected) => actual === expected.toLowerCase()],
  ["NumericLessThan", (actual, expected) => Number(actual) < Number(expected)],
  ["NumericGreaterThanEquals", (actual, expected) => Number(actual) >= Number(expected)],
]);

/**
 * Whether the condition of a statement holds for a request; one that is absent does.
 *
 * @param whenUnknown the result where an operator or a key is not evaluated here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
function conditionHolds(
  condition: TemplateProperty,
  request: BucketRequest,
  whenUnknown: boolean,
): boolean {
  const context = requestContext(request);
  return condition.names().every((operatorName) => {
    const operator = operators.get(operatorName);
    const keys = condition.property(operatorName);
    return keys.names().every((key) => {
      const actual = context.get(key.toLowerCase());
      if (operator === undefined || actual === undefined) return whenUnknown;
      return keys
        .property(key)
        .oneOrMore()
        .some((expected) => operator(actual, expected.string()));
    });
  });
}

/** Condition keys by lower-case name: case does not count in them. */
function requestContext({ reader, distributionArn }: BucketRequest): ReadonlyMap<string, string> {
  const [, accountId = ""] = /^arn:[^:]+:cloudfront::(\d+):/.exec(distributionArn) ?? [];
  return new Map([
    // CloudFront speaks TLS 1.3 to buckets.
    ["aws:securetransport", "true"],
    ["s3:tlsversion", "1.3"],
    ...(reader.kind === "service"
      ? ([
          ["aws:sourcearn", distributionArn],
          ["aws:sourceaccount", accountId],
        ] as const)
      : []),
  ]);
}
