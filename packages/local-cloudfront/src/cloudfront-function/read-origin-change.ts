import type { OriginChange, OriginGroupMember } from "./cloudfront-function.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads what a helper of the `cloudfront` module was given; whether it is allowed is checked with the result. */
export function readOriginChange(kind: string, json: string): OriginChange {
  const value = objectOf(JSON.parse(json));
  if (kind === "updateRequestOrigin") return { kind: "update", origin: value };
  if (kind === "selectRequestOriginById") {
    return {
      kind: "select",
      originId: String(value["originId"]),
      options: objectOf(value["options"]),
    };
  }
  const origins = Array.isArray(value["originIds"]) ? value["originIds"].map(memberOf) : [];
  const criteria = value["failoverCriteria"];
  const codes = Array.isArray(criteria) ? criteria : objectOf(criteria)["statusCodes"];
  return {
    kind: "group",
    group: {
      origins,
      failoverStatusCodes: Array.isArray(codes) ? codes.map(Number) : [],
      selectionCriteria:
        value["selectionCriteria"] === "media-quality-score" ? "media-quality-score" : "default",
    },
  };
}

function memberOf(member: unknown): OriginGroupMember {
  if (typeof member === "string") return { originId: member, overrides: {} };
  const { originId, originOverrides } = objectOf(member);
  return { originId: String(originId), overrides: objectOf(originOverrides) };
}

function objectOf(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}
