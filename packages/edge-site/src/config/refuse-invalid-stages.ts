import { isObject, punycodeRemedy, shown } from "option-checks";
import { refuseInvalidPreviews } from "./previews-config.ts";
import {
  checkEach,
  type Fields,
  invalid,
  list,
  refuseMismatch,
  refuseNoCount,
  fieldsOf,
  refuseOthers,
  type Shape,
} from "./setting-checks.ts";
import { stackNamePattern } from "./stack-name-pattern.ts";

const stageShape: Shape = {
  optional: [
    "stackName",
    "account",
    "domain",
    "runtime",
    "priceClass",
    "http3",
    "additionalMetrics",
    "logRetentionDays",
    "terminationProtection",
    "webAclArn",
    "plan",
    "accessLogs",
    "alarms",
    "previews",
    "permissionsBoundary",
  ],
};
const domainShape: Shape = { required: ["names"], optional: ["certificateArn"] };
const accessLogsShape: Shape = { required: ["retentionDays"] };
const alarmsShape: Shape = { required: ["email"] };

const stageName = /^[a-z][a-z0-9-]{0,31}$/;
const domainName =
  /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;
// CloudFront takes certificates of us-east-1 only.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const certificateArn = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
const webAclArn = /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/;
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** What each plain setting of a stage may be. */
const checks: Readonly<Record<string, (subject: string, value: unknown, stage: Fields) => void>> = {
  stackName: (subject, value) =>
    refuseMismatch(subject, value, stackNamePattern.pattern, stackNamePattern.allowed),
  account: (subject, value) =>
    refuseMismatch(subject, value, /^\d{12}$/, 'the 12 digits of an account, as in "111122223333"'),
  runtime: (subject, value) => refuseOthers(subject, value, ["nodejs24.x", "nodejs22.x"]),
  priceClass: (subject, value) =>
    refuseOthers(subject, value, ["PriceClass_100", "PriceClass_200", "PriceClass_All"]),
  http3: (subject, value) => refuseOthers(subject, value, [true, false]),
  additionalMetrics: (subject, value) => refuseOthers(subject, value, [true, false]),
  logRetentionDays: (subject, value) => refuseOthers(subject, value, retentionDays),
  terminationProtection: (subject, value) => refuseOthers(subject, value, [true, false]),
  webAclArn: (subject, value) =>
    refuseMismatch(
      subject,
      value,
      webAclArn,
      "the ARN of a web ACL of AWS WAF with scope CLOUDFRONT, which is in us-east-1",
    ),
  plan: (subject, value) => refuseOthers(subject, value, ["pay-as-you-go", "flat-rate"]),
  accessLogs: (subject, value) => {
    const fields = fieldsOf(accessLogsShape, subject, value);
    refuseNoCount(`${subject}.retentionDays`, fields["retentionDays"], 1);
  },
  alarms: (subject, value) => {
    const fields = fieldsOf(alarmsShape, subject, value);
    const allowed = 'an address of e-mail, as in "team@example.com"';
    refuseMismatch(`${subject}.email`, fields["email"], /^[^\s@]+@[^\s@]+\.[^\s@]+$/, allowed);
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  permissionsBoundary: (subject, value) =>
    refuseMismatch(
      subject,
      value,
      /^[\w+=,.@-]{1,128}$/,
      'the name of a managed policy, not its ARN, as in "notes-function-boundary"',
    ),
  previews: refuseInvalidPreviews,
  domain: refuseInvalidDomain,
};

/**
 * Refuses stages that a user could not have meant.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`, naming the key, its value and what is allowed.
 */
export function refuseInvalidStages(value: unknown): void {
  if (!isObject(value) || Object.keys(value).length === 0) {
    throw invalid(
      `stages is not valid: got ${shown(value)}. Allowed: an object with a key for each stage, as in { dev: {}, prod: { terminationProtection: true } }.`,
    );
  }
  for (const [name, stage] of Object.entries(value)) {
    const allowed = "lower-case letters, digits and hyphens, a letter first, 32 at most";
    refuseMismatch("The name of a stage", name, stageName, allowed);
    refuseInvalidStage(`stages.${name}`, stage);
  }
  refuseSharedStack(value);
}

function refuseInvalidStage(subject: string, value: unknown): void {
  const fields = fieldsOf(stageShape, subject, value);
  for (const [key, setting] of Object.entries(fields)) {
    if (setting !== undefined) checks[key]?.(`${subject}.${key}`, setting, fields);
  }
}

/** Two stages in one account that have one stack would replace each other. */
function refuseSharedStack(stages: Fields): void {
  const takenBy = new Map<string, string>();
  for (const [name, stage] of Object.entries(stages)) {
    const { stackName, account } = stage as { readonly stackName?: string; account?: string };
    if (stackName === undefined) continue;
    const stack = JSON.stringify([stackName, account]);
    const other = takenBy.get(stack);
    if (other !== undefined) {
      throw invalid(
        `stages.${name}.stackName is taken: got ${shown(stackName)}, which stage ${other} has. Give each stage its own.`,
      );
    }
    takenBy.set(stack, name);
  }
}

function refuseInvalidDomain(subject: string, value: unknown): void {
  const fields = fieldsOf(domainShape, subject, value);
  const names = list(`${subject}.names`, fields["names"]);
  if (names.length === 0) {
    throw invalid(`${subject}.names is empty: got []. Give at least one name.`);
  }
  checkEach(`${subject}.names`, names, (nameSubject, name) => {
    const remedy = punycodeRemedy(name);
    if (remedy !== undefined) {
      throw invalid(`${nameSubject} is not valid: got ${shown(name)}. ${remedy}`);
    }
    refuseMismatch(
      nameSubject,
      name,
      domainName,
      'a lower-case domain name, as in "notes.example.com"',
    );
  });
  if (fields["certificateArn"] === undefined) {
    throw invalid(
      `${subject}.certificateArn is missing: got ${shown(value)}. CloudFront serves a name only with a certificate in us-east-1 that covers it. Request one: aws acm request-certificate --region us-east-1 --validation-method DNS --domain-name ${String(names[0])}`,
    );
  }
  refuseMismatch(
    `${subject}.certificateArn`,
    fields["certificateArn"],
    certificateArn,
    "the ARN of a certificate in us-east-1, the only region that CloudFront takes certificates from",
  );
}
