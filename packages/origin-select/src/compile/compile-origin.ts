import type { Origin } from "cf-types";
import { isOriginPort } from "cf-rules";
import { isTextList } from "option-checks";
import type { CompiledOrigin, OriginCall } from "../edge/compiled-origin-select.ts";
import { checks } from "../origin-select-options-error.ts";
import type { SelectableOrigin } from "./origin-select-options.ts";

const names = [
  "domainName",
  "originId",
  "path",
  "hostHeader",
  "protocol",
  "port",
  "indexDocument",
  "failover",
] as const satisfies readonly (keyof SelectableOrigin)[];

const hostName = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i;
/** Not a bucket's website, which is no S3 origin (CF-H-15). */
const bucketName = /^(?!.*\.s3-website)[\w.-]+\.s3[.-](?:[\w-]+\.)*amazonaws\.com(?:\.cn)?$/i;

/**
 * Returns an origin as both engines take it.
 *
 * @param subject As in `origins.shop`.
 * @param all The origins by name.
 * @throws {OriginSelectOptionsError}
 */
export function compileOrigin(
  subject: string,
  origin: SelectableOrigin,
  all: Readonly<Record<string, SelectableOrigin>>,
): CompiledOrigin {
  checks.refuseUnknownKeys(subject, origin, names);
  refuseInvalidNames(subject, origin);
  const { domainName, path = "", hostHeader, protocol = "https", indexDocument = "" } = origin;
  const isBucket = domainName !== undefined && bucketName.test(domainName);
  const { port = protocol === "https" ? 443 : 80 } = origin;
  checks.refuseOtherThan(`${subject}.protocol`, protocol, ["https", "http"]);
  if (!isOriginPort(port)) {
    const remedy = "Allowed: 80, 443 and 1024 to 65535.";
    throw invalid(`${subject}.port`, "is not a port of an origin", port, remedy);
  }
  refuseInvalidPath(`${subject}.path`, path);
  if (hostHeader !== undefined && isBucket) {
    const remedy = "Leave it out: CloudFront signs requests to a bucket for the bucket's own Host.";
    throw invalid(`${subject}.hostHeader`, "is not for a bucket", hostHeader, remedy);
  }
  const made: Origin | undefined =
    domainName === undefined
      ? undefined
      : isBucket
        ? { s3: { authMethod: "none", customHeaders: {}, domainName, path } }
        : {
            custom: {
              customHeaders: {},
              domainName,
              keepaliveTimeout: 5,
              path,
              port,
              protocol,
              readTimeout: 30,
              sslProtocols: ["TLSv1.2"],
            },
          };
  return {
    lambdaEdge:
      made === undefined ? null : { origin: made, host: hostHeader ?? String(domainName) },
    call: originCall(subject, { origin, port, path, protocol, isBucket }, all),
    indexDocument,
  };
}

interface Resolved {
  readonly origin: SelectableOrigin;
  readonly port: number;
  readonly path: string;
  readonly protocol: "https" | "http";
  readonly isBucket: boolean;
}

/** FN-I-30, FN-I-49: what is not set is inherited from the cache behavior's origin, its access control too. */
function originCall(
  subject: string,
  { origin, port, path, protocol, isBucket }: Resolved,
  all: Readonly<Record<string, SelectableOrigin>>,
): OriginCall {
  const { domainName, originId, hostHeader, failover } = origin;
  if (failover !== undefined) return failoverCall(subject, origin, all);
  const host = hostHeader === undefined ? {} : { hostHeader };
  if (originId !== undefined) return ["selectRequestOriginById", originId, host];
  const common = { domainName, originPath: path };
  return [
    "updateRequestOrigin",
    isBucket
      ? {
          ...common,
          originAccessControlConfig: {
            enabled: true,
            signingBehavior: "always",
            signingProtocol: "sigv4",
            originType: "s3",
          },
        }
      : {
          ...common,
          ...host,
          customOriginConfig: { port, protocol, sslProtocols: ["TLSv1.2"] },
          originAccessControlConfig: { enabled: false },
        },
  ];
}

function failoverCall(
  subject: string,
  { originId, failover }: SelectableOrigin,
  all: Readonly<Record<string, SelectableOrigin>>,
): OriginCall {
  checks.refuseUnknownKeys(`${subject}.failover`, failover, ["to", "statuses"]);
  const { to, statuses = [500, 502, 503, 504] } = failover as NonNullable<typeof failover>;
  const other = Object.hasOwn(all, String(to)) ? all[to] : undefined;
  if (originId === undefined || other?.originId === undefined) {
    const remedy =
      "Give both originId: CloudFront makes a group of origins that the distribution has.";
    throw invalid(`${subject}.failover`, "is not between two ids", failover, remedy);
  }
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
  const known = [400, 403, 404, 416, 429, 500, 502, 503, 504];
  if (
    !Array.isArray(statuses) ||
    statuses.length === 0 ||
    statuses.some((each) => !known.includes(each))
  ) {
    const remedy = `Allowed: a list of ${known.join(", ")}.`;
    throw invalid(
      `${subject}.failover.statuses`,
      "has what is no failover status",
      statuses,
      remedy,
    );
  }
  const originIds = [originId, other.originId];
  return ["createRequestOriginGroup", { originIds, failoverCriteria: { statusCodes: statuses } }];
}

function refuseInvalidNames(subject: string, origin: SelectableOrigin): void {
  const { domainName, originId, hostHeader, indexDocument = "" } = origin;
  if (domainName === undefined && originId === undefined) {
    const remedy = "Give domainName, or originId for CloudFront Functions.";
    throw invalid(subject, "is not to be found", origin, remedy);
  }
  for (const [name, value] of Object.entries({ domainName, hostHeader })) {
    if (value === undefined || hostName.test(value)) continue;
    const remedy = 'Give a host name without scheme and port, as in "shop.example.com".';
    throw invalid(`${subject}.${name}`, "is not a host name", value, remedy);
  }
  if (originId !== undefined && !isTextList([originId])) {
    throw invalid(`${subject}.originId`, "is not an id", originId, "Give the id of an origin.");
  }
  if (!/^[\w.~-]*$/.test(indexDocument)) {
    const remedy = 'Give the name of a file, as in "index.html".';
    throw invalid(`${subject}.indexDocument`, "is not the name of a file", indexDocument, remedy);
  }
}

function refuseInvalidPath(subject: string, path: string): void {
  if (path === "" || (/^(?:\/[\w.~!$&'()*+,;=:@%-]+)+$/.test(path) && path.length <= 255)) return;
  const remedy = 'Begin with "/" and do not end with it, as in "/v2"; at most 255 characters.';
  throw invalid(subject, "is not a path of an origin", path, remedy);
}

function invalid(subject: string, problem: string, value: unknown, remedy: string) {
  return checks.mistake("INVALID_ORIGIN", subject, problem, value, remedy);
}
