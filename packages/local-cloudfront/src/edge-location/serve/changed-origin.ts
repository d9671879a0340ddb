import { checkRequestOrigin, originRewrite, type CloudFrontFunctionViolation } from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import type {
  OriginChange,
  OriginGroupMember,
} from "../../cloudfront-function/cloudfront-function.ts";
import type { Origin, OriginTarget } from "../../distribution/origins.ts";
import type { HttpRequest } from "../../http/http-message.ts";
import { applyOriginChange } from "../../origin/apply-origin-change.ts";
import { originToEvent } from "../../origin/origin-to-event.ts";
import type { BehaviorScope } from "../request-context.ts";
import { originTargetOf } from "./request-from-origin.ts";

type Update = Readonly<Record<string, unknown>>;

/** Origins for a request, or why CloudFront refuses them. */
type Changed<Value> =
  | { readonly kind: "changed"; readonly value: Value }
  | CloudFrontFunctionViolation;

/**
 * Returns where a CloudFront Function has a request sent (FN-I-29, FN-I-49). In an origin group,
 * `updateRequestOrigin` changes the primary origin alone.
 *
 * @param request as the function left it
 */
export function changedOrigin(
  scope: BehaviorScope,
  request: HttpRequest,
  change: OriginChange,
): Changed<OriginTarget> {
  const assigned = originTargetOf(scope);
  switch (change.kind) {
    case "update": {
      const primary = updated(scope, request, assigned.primary, change.origin);
      return primary.kind === "violation"
        ? primary
        : { kind: "changed", value: { ...assigned, primary: primary.value } };
    }
    case "select": {
      const primary = selected(scope, request, {
        originId: change.originId,
        overrides: change.options,
      });
      return primary.kind === "violation" ? primary : alone(primary.value);
    }
    case "group": {
      const [first, second, third] = change.group.origins;
      if (first === undefined || second === undefined || third !== undefined) {
        return originRewrite("an origin group has exactly two origins");
      }
      const primary = selected(scope, request, first);
      if (primary.kind === "violation") return primary;
      const secondary = selected(scope, request, second);
      if (secondary.kind === "violation") return secondary;
      const failoverStatuses = change.group.failoverStatusCodes;
      return {
        kind: "changed",
        value: { primary: primary.value, secondary: secondary.value, failoverStatuses },
      };
    }
  }
}

function alone(primary: Origin): Changed<OriginTarget> {
  return { kind: "changed", value: { primary, secondary: undefined, failoverStatuses: [] } };
}

function selected(
  scope: BehaviorScope,
  request: HttpRequest,
  { originId, overrides }: OriginGroupMember,
): Changed<Origin> {
  const { origins } = scope.context.ports.distribution;
  const origin = origins.get(originId);
  if (origin === undefined) {
    const known = [...origins.keys()].map((id) => JSON.stringify(id)).join(", ");
    return originRewrite(
      `${JSON.stringify(originId)} is the id of no origin of the distribution, which has ${known}`,
    );
  }
  return updated(scope, request, origin, overrides);
}

/** Applies an update: what it does not set is that of the origin (FN-I-29). */
function updated(
  { context }: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
  update: Update,
): Changed<Origin> {
  const isS3 = isS3Origin(origin, update, [...context.ports.distribution.origins.values()]);
  const problem = checkRequestOrigin(update, {
    requestHeaders: Object.keys(request.headers),
    isS3,
    hasAccessControl: origin.kind === "s3" && origin.access.kind === "origin-access-control",
  });
  if (problem !== undefined) return problem;
  if (Object.keys(update).length === 0) return { kind: "changed", value: origin };
  const { ports, viewerRequest } = context;
  const event = originToEvent(origin, viewerRequest.protocol);
  const { origins, contentByHost } = ports.distribution;
  const chosen = withUpdate(event, update, isS3);
  const changed = applyOriginChange(origin, chosen, [...origins.values()], contentByHost);
  return { kind: "changed", value: { ...changed, ...otherSettings(update) } as Origin };
}

function isS3Origin(origin: Origin, update: Update, origins: readonly Origin[]): boolean {
  const { customOriginConfig, originAccessControlConfig, domainName } = update;
  if (customOriginConfig !== undefined) return false;
  if (memberOf(originAccessControlConfig, "originType") === "s3") return true;
  if (typeof domainName !== "string") return origin.kind === "s3";
  const named = origins.find((each) => each.domainName === domainName);
  return named === undefined
    ? /\.s3[.-][^/]*amazonaws\.com$/.test(domainName)
    : named.kind === "s3";
}

/** The settings that events of Lambda@Edge have too. */
function withUpdate(event: EventOrigin, update: Update, isS3: boolean): EventOrigin {
  const before = event.s3 ?? event.custom;
  const { timeouts, customOriginConfig } = update;
  const common = {
    domainName: (update["domainName"] as string | undefined) ?? before.domainName,
    path: (update["originPath"] as string | undefined) ?? before.path,
    customHeaders:
      update["customHeaders"] === undefined
        ? before.customHeaders
        : headerLines(update["customHeaders"] as Readonly<Record<string, string>>),
    readTimeout:
      (memberOf(timeouts, "readTimeout") as number | undefined) ?? before.readTimeout ?? 30,
    responseCompletionTimeout:
      (memberOf(timeouts, "responseCompletionTimeout") as number | undefined) ??
      before.responseCompletionTimeout ??
      0,
  };
  if (isS3) return { s3: { authMethod: "none", ...event.s3, ...common } };
  const protocol =
    (memberOf(customOriginConfig, "protocol") as "http" | "https" | undefined) ??
    event.custom?.protocol ??
    "https";
  return {
    custom: {
      keepaliveTimeout: 5,
      sslProtocols: ["TLSv1.2"],
      ...event.custom,
      ...common,
      protocol,
      port:
        (memberOf(customOriginConfig, "port") as number | undefined) ??
        event.custom?.port ??
        (protocol === "http" ? 80 : 443),
    },
  };
}

function headerLines(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [{ key: name, value }]]),
  );
}

/** The settings that only CloudFront Functions can change. */
function otherSettings(update: Update): Partial<Origin> {
  const { hostHeader, connectionAttempts, timeouts, originShield, sni } = update;
  const connectionTimeoutSeconds = memberOf(timeouts, "connectionTimeout");
  const originShieldEnabled = memberOf(originShield, "enabled");
  const { allowedCertificateNames } = update;
  return {
    ...(typeof hostHeader === "string" && { hostHeader }),
    ...(typeof connectionAttempts === "number" && { connectionAttempts }),
    ...(typeof connectionTimeoutSeconds === "number" && { connectionTimeoutSeconds }),
    ...(typeof originShieldEnabled === "boolean" && { originShieldEnabled }),
    ...(typeof sni === "string" && { sni }),
    ...(Array.isArray(allowedCertificateNames) && {
      allowedCertificateNames: allowedCertificateNames as readonly string[],
    }),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
