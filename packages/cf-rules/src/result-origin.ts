import type { CustomOrigin, EventHeaders, Origin, S3Origin } from "cf-types";
import { checkCommon, checkCustomHeaders } from "./origin-common.ts";
import { checkCustom, checkS3 } from "./origin-kinds.ts";
import { refuseOrigin } from "./origin-scope.ts";
import type { OriginDetails, OriginScope } from "./origin-scope.ts";
import { isJsonObject, quoteValue } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";

/** An origin that CloudFront accepts; undefined where the function left it as it was. */
export interface AcceptedOrigin {
  readonly kind: "origin";
  readonly origin: Origin | undefined;
}

const CUSTOM_DEFAULTS: OriginDetails = {
  customHeaders: {},
  keepaliveTimeout: 5,
  path: "",
  readTimeout: 30,
  sslProtocols: ["TLSv1.2"],
};
const S3_DEFAULTS: OriginDetails = { authMethod: "none", customHeaders: {}, path: "" };

/** Checks the `origin` that an origin-request function returned (LE-B-28 to LE-B-43). */
export function checkOrigin(
  returned: unknown,
  scope: OriginScope,
): AcceptedOrigin | ResultViolation {
  if (returned === undefined || sameJson(returned, scope.eventOrigin)) {
    return (
      checkRepeatedHeaders(scope.eventOrigin, scope.requestHeaders) ?? {
        kind: "origin",
        origin: undefined,
      }
    );
  }
  const kinds = isJsonObject(returned)
    ? (["custom", "s3"] as const).filter((kind) => returned[kind] !== undefined)
    : [];
  const [kind] = kinds;
  const details = isJsonObject(returned) && kind !== undefined ? returned[kind] : undefined;
  if (kind === undefined || kinds.length !== 1 || !isJsonObject(details)) {
    return refuseOrigin(
      "LE-B-29",
      "origin",
      `must hold exactly one of custom and s3: got ${quoteValue(returned)}.`,
    );
  }
  const complete = withDefaults(details, kind, scope.warnings);
  const wrong =
    checkCommon(complete, kind, scope) ??
    (kind === "custom" ? checkCustom(complete) : checkS3(complete, scope.eventOrigin));
  if (wrong !== undefined) {
    return wrong;
  }
  const checked = checkCustomHeaders(complete["customHeaders"], kind, scope.warnings);
  if (checked.kind === "violation") {
    return checked;
  }
  const accepted: OriginDetails = { ...complete, customHeaders: checked.headers };
  const origin: Origin =
    kind === "custom"
      ? { custom: accepted as unknown as CustomOrigin }
      : { s3: accepted as unknown as S3Origin };
  return checkRepeatedHeaders(origin, scope.requestHeaders) ?? { kind: "origin", origin };
}

function withDefaults(
  details: OriginDetails,
  kind: "custom" | "s3",
  warnings: ResultWarning[],
): OriginDetails {
  const defaults = kind === "custom" ? CUSTOM_DEFAULTS : S3_DEFAULTS;
  const missing = Object.keys(defaults).filter((name) => details[name] === undefined);
  if (missing.length === 0) {
    return details;
  }
  warnings.push({
    factId: kind === "custom" ? "LE-B-30" : "LE-B-31",
    message: `origin.${kind} lacks ${missing.join(", ")}: the default is used. Return all keys of the event's origin.`,
  });
  return { ...defaults, ...details };
}

/** Finds a custom header of the origin that the request has as well (LE-B-42, LE-C-31). */
function checkRepeatedHeaders(
  origin: Origin,
  requestHeaders: EventHeaders,
): ResultViolation | undefined {
  const { customHeaders } = origin.custom ?? origin.s3;
  const repeated = Object.keys(customHeaders).find((name) =>
    Object.hasOwn(requestHeaders, name.toLowerCase()),
  );
  return repeated === undefined
    ? undefined
    : refuseOrigin(
        "LE-B-42",
        `origin.customHeaders.${repeated}`,
        "repeats a header of the request. Keep it in one of the two.",
      );
}

/** Says whether two JSON values are equal, whatever the order of the keys. */
function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one, index) => sameJson(one, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) {
    return false;
  }
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length && names.every((name) => sameJson(left[name], right[name]));
}
