import { isDeepStrictEqual } from "node:util";
import { closestMatch } from "leven";
import { InfraError } from "../infra-error.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const configShape: Shape = {
  required: ["stackName", "siteFolder", "functions"],
  optional: ["hashedAssetsPattern", "domain", "tryOut"],
};
const functionShape: Shape = { required: ["package", "config"], optional: ["pathPatterns"] };
const tryOutShape: Shape = { required: ["uri", "shows"], optional: [] };
const domainShape: Shape = { required: ["names", "certificateArn"], optional: [] };

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html
const stackName = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
// CF-J-06 without the question mark; the asterisk only at the end, because hashed assets are a folder.
const hashedAssetsPattern = /^\/[\w\-./~@:+&]*\*$/;
const domainName = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;
// CloudFront takes certificates of us-east-1 only.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const certificateArn = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;

/**
 * Refuses a configuration that a user could not have meant.
 *
 * @throws {InfraError} `INVALID_CONFIG`, naming the key, its value and what is allowed.
 */
export function refuseInvalidEdgeConfig(config: unknown): void {
  const fields = refuseOtherThan(configShape, "the configuration", "", config);
  refuseMismatch(
    "stackName",
    fields["stackName"],
    stackName,
    "1 to 128 letters, digits and hyphens, a letter first",
  );
  refuseMismatch(
    "siteFolder",
    fields["siteFolder"],
    /\S/,
    'the folder of the built site, as in "../notes/dist"',
  );
  if (fields["hashedAssetsPattern"] !== undefined) {
    refuseMismatch(
      "hashedAssetsPattern",
      fields["hashedAssetsPattern"],
      hashedAssetsPattern,
      'a folder and everything in it, as in "/assets/*"',
    );
  }
  list("functions", fields["functions"]).forEach((each, index) => {
    refuseInvalidFunction(`functions[${index}]`, each);
  });
  if (fields["domain"] !== undefined) refuseInvalidDomain(fields["domain"]);
  if (fields["tryOut"] === undefined) return;
  list("tryOut", fields["tryOut"]).forEach((each, index) => {
    refuseInvalidTryOut(`tryOut[${index}]`, each);
  });
}

function refuseInvalidFunction(subject: string, value: unknown): void {
  const fields = refuseOtherThan(functionShape, subject, `${subject}.`, value);
  refuseMismatch(
    `${subject}.package`,
    fields["package"],
    /\S/,
    'the npm name of a package, as in "spa-rewrite"',
  );
  const { config, pathPatterns } = fields;
  if (!isPlainObject(config) || !isPlainJson(config)) {
    throw invalid(
      `${subject}.config is not plain JSON: got ${show(config)}. Give what the package's compile function returns.`,
    );
  }
  if (pathPatterns === undefined) return;
  list(`${subject}.pathPatterns`, pathPatterns).forEach((each, index) => {
    const allowed = 'a path pattern, as in "*" or "/assets/*"';
    refuseMismatch(`${subject}.pathPatterns[${index}]`, each, /^(?:\*|\/.*)$/, allowed);
  });
}

function refuseInvalidTryOut(subject: string, value: unknown): void {
  const { uri, shows } = refuseOtherThan(tryOutShape, subject, `${subject}.`, value);
  refuseMismatch(`${subject}.uri`, uri, /^\/\S*$/, 'a path, as in "/notes/1"');
  refuseMismatch(`${subject}.shows`, shows, /\S/, "a few words");
}

function refuseInvalidDomain(value: unknown): void {
  const fields = refuseOtherThan(domainShape, "domain", "domain.", value);
  const names = list("domain.names", fields["names"]);
  if (names.length === 0) throw invalid("domain.names is empty: got []. Give at least one name.");
  names.forEach((name, index) => {
    const allowed = 'a lower-case domain name, as in "notes.example.com"';
    refuseMismatch(`domain.names[${index}]`, name, domainName, allowed);
  });
  refuseMismatch(
    "domain.certificateArn",
    fields["certificateArn"],
    certificateArn,
    "the ARN of a certificate in us-east-1, the only region that CloudFront takes certificates from",
  );
}

function refuseOtherThan(shape: Shape, subject: string, path: string, value: unknown): Fields {
  const known = [...shape.required, ...shape.optional];
  const allowed = `Allowed: ${known.join(", ")}.`;
  if (!isPlainObject(value)) {
    throw invalid(`${capitalised(subject)} is not an object: got ${show(value)}. ${allowed}`);
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const meant = closestMatch(key, known, { maxDistance: 3 });
    const remedy = meant === undefined ? allowed : `Did you mean ${meant}?`;
    throw invalid(`${path}${key} is not a setting: got ${show(value[key])}. ${remedy}`);
  }
  const missing = shape.required.find((key) => value[key] === undefined);
  if (missing !== undefined) throw invalid(`${path}${missing} is missing. ${allowed}`);
  return value;
}

function refuseMismatch(subject: string, value: unknown, pattern: RegExp, allowed: string): void {
  if (typeof value === "string" && pattern.test(value)) return;
  throw invalid(`${subject} is not valid: got ${show(value)}. Allowed: ${allowed}.`);
}

function list(subject: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`${subject} is not a list: got ${show(value)}. Write it in square brackets.`);
}

function isPlainObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlainJson(value: Fields): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function capitalised(text: string): string {
  return text.replace(/^the /, "The ");
}

function invalid(message: string): InfraError {
  return new InfraError("INVALID_CONFIG", message);
}
