import { type AwsResponse, errorResponse, escapeXml } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import type { StackTemplate } from "./stack-template.ts";
import type { StackFailure, TestStack } from "./test-stack.ts";

/** A distribution that CloudFormation has made. */
export interface TestDistribution {
  /** XML, without the policy's id. */
  readonly config: string;
  /** Of its continuous deployment policy; empty without one. */
  policyId: string;
  /** Counts the updates. */
  version: number;
}

/** By id. */
export type TestDistributions = Map<string, TestDistribution>;

/** As its resource has it in a template. */
interface DistributionProperties {
  readonly DistributionConfig?: Readonly<Record<string, unknown>>;
}

interface PolicyProperties {
  readonly ContinuousDeploymentPolicyConfig?: {
    readonly TrafficConfig?: { readonly SingleWeightConfig?: { readonly Weight?: number } };
  };
}

/** What an update takes while a policy is attached is all else. */
const fixedFields = [
  "Aliases",
  "HttpVersion",
  "IPV6Enabled",
  "PriceClass",
  "ViewerCertificate",
  "WebACLId",
];

const policyType = "AWS::CloudFront::ContinuousDeploymentPolicy";

/**
 * Returns what CloudFront refuses of a stack's distribution and policy.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-continuous-deployment.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/continuous-deployment-quotas-considerations.html
 */
export function refusedDistribution(
  stack: TestStack,
  template: StackTemplate,
  distributions: TestDistributions,
): StackFailure | undefined {
  for (const [logicalId, { Type: type, Properties }] of Object.entries(template.Resources ?? {})) {
    const reason =
      type === "AWS::CloudFront::Distribution"
        ? refusal(
            configOf(Properties),
            configIn(stack, logicalId),
            attachedTo(stack, distributions),
          )
        : type === policyType
          ? refusedWeight(Properties as PolicyProperties)
          : undefined;
    if (reason !== undefined) return { logicalId, type, reason };
  }
  return undefined;
}

function refusal(
  next: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | undefined,
  isAttached: boolean,
): string | undefined {
  if (next["Staging"] === true && next["Aliases"] !== undefined) {
    return "Invalid request provided: A staging distribution cannot have Aliases.";
  }
  if (next["Staging"] === true && String(next["HttpVersion"]).includes("3")) {
    return "Invalid request provided: Continuous deployment is not supported with HTTP/3.";
  }
  const isChanged = fixedFields.some(
    (field) => JSON.stringify(next[field]) !== JSON.stringify(before?.[field]),
  );
  return isAttached && isChanged
    ? "Invalid request provided: One or more fields updated are not supported for continuous deployment."
    : undefined;
}

function refusedWeight({
  ContinuousDeploymentPolicyConfig: config,
}: PolicyProperties): string | undefined {
  const weight = config?.TrafficConfig?.SingleWeightConfig?.Weight;
  if (weight === undefined || (weight >= 0 && weight <= 0.15)) return undefined;
  return "Invalid request provided: The weight must be between 0 and 0.15.";
}

function configOf(properties: object = {}): Readonly<Record<string, unknown>> {
  return (properties as DistributionProperties).DistributionConfig ?? {};
}

function configIn(stack: TestStack, logicalId: string) {
  const resource = stack.template.Resources?.[logicalId];
  return resource === undefined ? undefined : configOf(resource.Properties);
}

function attachedTo({ resources }: TestStack, distributions: TestDistributions): boolean {
  return resources.some(({ physicalId }) => (distributions.get(physicalId)?.policyId ?? "") !== "");
}

/** Whether a stack's policy is attached, so that it cannot be deleted. */
export function hasPolicyInUse(
  { resources }: TestStack,
  distributions: TestDistributions,
): boolean {
  const attached = new Set([...distributions.values()].map(({ policyId }) => policyId));
  return resources.some(({ type, physicalId }) => type === policyType && attached.has(physicalId));
}

/** Makes a stack's distribution what its template says; a policy that is attached stays so, as no template names it. */
export function deployDistributions(stack: TestStack, distributions: TestDistributions): void {
  for (const { logicalId, physicalId, type } of stack.resources) {
    if (type !== "AWS::CloudFront::Distribution") continue;
    const config = distributionXml(configOf(stack.template.Resources?.[logicalId]?.Properties));
    const before = distributions.get(physicalId);
    distributions.set(physicalId, {
      config,
      policyId: before?.policyId ?? "",
      version: (before?.version ?? 0) + 1,
    });
  }
}

function distributionXml(config: Readonly<Record<string, unknown>>): string {
  const text = (tag: string, value: unknown) => `<${tag}>${escapeXml(String(value))}</${tag}>`;
  const aliases = (config["Aliases"] ?? []) as readonly string[];
  const names = aliases.map((name) => text("CNAME", name)).join("");
  const s3 =
    "<S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig><ConnectionAttempts>3</ConnectionAttempts>";
  return [
    text("CallerReference", "c1"),
    `<Aliases>${text("Quantity", aliases.length)}${names === "" ? "" : `<Items>${names}</Items>`}</Aliases>`,
    text("DefaultRootObject", config["DefaultRootObject"] ?? ""),
    `<Origins><Quantity>1</Quantity><Items><Origin><Id>o1</Id><DomainName>b.s3.amazonaws.com</DomainName><OriginPath></OriginPath>${s3}</Origin></Items></Origins>`,
    "<DefaultCacheBehavior><TargetOriginId>o1</TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy><Compress>true</Compress><CachePolicyId>p1</CachePolicyId></DefaultCacheBehavior>",
    text("Comment", config["Comment"] ?? "A & B"),
    text("PriceClass", config["PriceClass"] ?? "PriceClass_All"),
    "<Enabled>true</Enabled>",
    text("WebACLId", config["WebACLId"] ?? ""),
    text("HttpVersion", config["HttpVersion"] ?? "http2"),
    "<IsIPV6Enabled>true</IsIPV6Enabled>",
    text("Staging", config["Staging"] ?? false),
  ].join("");
}

/** Returns a distribution with its configuration, as far as it is asked for. */
export function distributionResponse(
  id: string,
  status: string,
  distribution: TestDistribution | undefined,
): AwsResponse {
  const { config = "", policyId = "", version = 1 } = distribution ?? {};
  const policy = `<ContinuousDeploymentPolicyId>${policyId}</ContinuousDeploymentPolicyId>`;
  return {
    status: 200,
    headers: { "content-type": "text/xml", etag: `E${version}` },
    body: `<Distribution><Id>${id}</Id><Status>${status}</Status><DistributionConfig>${config}${policy}</DistributionConfig></Distribution>`,
  };
}

/**
 * Attaches or detaches a policy: the one update that is known.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 */
export function updateDistribution(
  request: AwsRequest,
  id: string,
  distributions: TestDistributions,
): AwsResponse | undefined {
  const distribution = distributions.get(id);
  if (distribution === undefined) return undefined;
  if (request.headers["if-match"] !== `E${distribution.version}`) {
    const message = "The request failed because it didn't meet the preconditions.";
    return errorResponse(request, 412, "PreconditionFailed", message);
  }
  const body = new TextDecoder().decode(request.body);
  // What the request does not have is not merged: it would be lost.
  if (leavesOf(body).join() !== leavesOf(distribution.config).join()) {
    const message = "One or more fields updated are not supported for continuous deployment.";
    return errorResponse(request, 400, "IllegalUpdate", message);
  }
  // Without the element nothing is changed; an empty one detaches.
  const [, policyId] = /<ContinuousDeploymentPolicyId(?:\s*\/>|>([^<]*)<)/.exec(body) ?? [
    undefined,
    undefined,
  ];
  const isNamed = body.includes("<ContinuousDeploymentPolicyId");
  if (isNamed && (policyId ?? "") !== "" && distribution.config.includes(">http2and3<")) {
    const message = "Continuous deployment is not supported with HTTP/3.";
    return errorResponse(request, 400, "InvalidArgument", message);
  }
  if (isNamed) distribution.policyId = policyId ?? "";
  distribution.version += 1;
  return distributionResponse(id, "InProgress", distribution);
}

/** All elements with a text, but the policy's id; an empty one says nothing. */
function leavesOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<(\w+)>([^<]+)<\/\1>/g)]
    .map(([, tag = "", text = ""]) => `${tag}=${text}`)
    .filter((leaf) => !leaf.startsWith("ContinuousDeploymentPolicyId="))
    .toSorted();
}
