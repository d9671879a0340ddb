import { isJsonObject } from "./result-violation.ts";

/**
 * Returns the services that a trust policy lets assume its role (LE-F-01).
 *
 * @param policy an IAM policy document, as read from JSON
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
export function trustedServices(policy: unknown): readonly string[] {
  const statements = isJsonObject(policy) ? oneOrMore(policy["Statement"]) : [];
  const services = statements
    .filter(isJsonObject)
    .filter(
      (statement) =>
        statement["Effect"] === "Allow" &&
        oneOrMore(statement["Action"]).some((action) =>
          ["sts:AssumeRole", "sts:*", "*"].includes(String(action)),
        ),
    )
    .map((statement) => statement["Principal"])
    .filter(isJsonObject)
    .flatMap((principal) => oneOrMore(principal["Service"]))
    .filter((service) => typeof service === "string");
  return [...new Set(services)];
}

function oneOrMore(value: unknown): readonly unknown[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}
