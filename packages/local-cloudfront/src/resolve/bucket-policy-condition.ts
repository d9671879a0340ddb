import type { TemplateProperty } from "cloud-assembly";
import type { BucketRequest } from "./bucket-policy-statement.ts";
import { compileWildcards } from "../distribution/compile-wildcards.ts";

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
 * @param whenUnknown the answer where an operator or a key is not known here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function bucketPolicyConditionHolds(
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
  const [, accountId = ""] = /^arn:aws:cloudfront::(\d+):/.exec(distributionArn) ?? [];
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
