import { type AwsResponse, errorResponse, escapeXml, xmlResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import {
  distributionResponse,
  type TestDistributions,
  updateDistribution,
} from "./distributions.ts";

/** The distribution of a stack. */
export const testDistributionId = "E2TESTDOUBLE";
/** That of a stack whose distribution is a staging one. */
export const testStagingDistributionId = "E2TESTSTAGING";

/** What CloudFront remembers. */
export interface TestCloudFront {
  /** The paths of each invalidation, in the order in which they were created. */
  readonly invalidations: (readonly string[])[];
  readonly distributions: TestDistributions;
  /** How many more times something is said to be in progress. */
  inProgressCount: number;
}

const api = "/2020-05-31/distribution";

/** Responds as CloudFront does. */
export function respondAsCloudFront(
  request: AwsRequest,
  state: TestCloudFront,
): AwsResponse | undefined {
  const { method, path } = request;
  if (method === "GET" && path === api) {
    return xmlResponse(
      "<DistributionList><Marker/><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity></DistributionList>",
    );
  }
  const [, id = "", rest = ""] = /^\/2020-05-31\/distribution\/([^/]+)(.*)$/.exec(path) ?? [];
  if (id === "") return undefined;
  const distribution = state.distributions.get(id);
  if (distribution === undefined && id !== testDistributionId) {
    return errorResponse(request, 404, "NoSuchDistribution", "The distribution does not exist.");
  }
  if (method === "GET" && rest === "") {
    return distributionResponse(id, progressOf(state, "InProgress", "Deployed"), distribution);
  }
  if (method === "PUT" && rest === "/config") {
    return updateDistribution(request, id, state.distributions);
  }
  if (method === "POST" && rest === "/invalidation") return createInvalidation(request, state);
  const index = Number(/^\/invalidation\/I(\d+)$/.exec(rest)?.[1] ?? -1);
  if (method !== "GET" || state.invalidations[index] === undefined) return undefined;
  return xmlResponse(invalidation(index, state, progressOf(state, "InProgress", "Completed")));
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
const validPath = /^\/(?:[!$&'()+,\-./0-9:;=@A-Z_a-z]|%(?!7e)[\da-f]{2})*\*?$/i;

function createInvalidation(request: AwsRequest, state: TestCloudFront): AwsResponse {
  const text = new TextDecoder().decode(request.body);
  const paths = [...text.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path = ""]) =>
    path.replaceAll("&apos;", "'").replaceAll("&amp;", "&"),
  );
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations
  const wildcards = paths.filter((path) => path.endsWith("*")).length;
  if (paths.length > 3000 || wildcards > 15) {
    const message = "Your request contains too many invalidation paths.";
    return errorResponse(request, 400, "TooManyInvalidationsInProgress", message);
  }
  if (!paths.every((path) => validPath.test(path) && path.length <= 4000)) {
    return errorResponse(
      request,
      400,
      "InvalidArgument",
      "Your request contains one or more invalid invalidation paths.",
    );
  }
  const index = state.invalidations.push(paths) - 1;
  return { ...xmlResponse(invalidation(index, state, "InProgress")), status: 201 };
}

function invalidation(index: number, { invalidations }: TestCloudFront, status: string): string {
  const paths = invalidations[index] ?? [];
  const items = paths.map((path) => `<Path>${escapeXml(path)}</Path>`).join("");
  return `<Invalidation><Id>I${index}</Id><Status>${status}</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><CallerReference>r</CallerReference><Paths><Quantity>${paths.length}</Quantity><Items>${items}</Items></Paths></InvalidationBatch></Invalidation>`;
}

function progressOf(state: TestCloudFront, before: string, after: string): string {
  if (state.inProgressCount === 0) return after;
  state.inProgressCount -= 1;
  return before;
}
