import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import {
  headersForbiddenToAdd,
  isDeniedOriginCustomHeader,
  isDisallowedHeader,
  isReadOnlyHeader,
  isRemovableByPolicy,
  readOnlyHeaders,
} from "./header-rules.ts";

describe("disallowed headers", () => {
  it.each([
    ["LE-C-01", "x-cache"],
    ["LE-C-01", "keep-alive"],
    ["LE-C-02", "x-amz-cf-id"],
    ["LE-C-02", "x-edge-anything"],
    ["LE-C-03", "client-cert"],
    ["LE-C-03", "client-cert-chain"],
    ["LE-C-03", "cloudfront-viewer-cert-pem"],
    ["LE-C-29", "x-forwarded-proto"],
    ["LE-C-29", "x-real-ip"],
    ["LE-C-34", "connection"],
  ])("%s: %s is disallowed", (_factId, name) => {
    expect(isDisallowedHeader(name)).toBe(true);
  });

  it.each([
    ["LE-C-02", "x-amzn-trace-id"],
    ["LE-C-02", "x-amz-date"],
    ["LE-C-29", "x-forwarded-for"],
    ["LE-C-30", "cache-control"],
  ])("%s: %s is allowed", (_factId, name) => {
    expect(isDisallowedHeader(name)).toBe(false);
  });
});

describe("read-only headers", () => {
  it("LE-C-08: viewer-response has what any year's list named", () => {
    const everNamed = ["content-encoding", "content-length", "transfer-encoding", "warning", "via"];
    expect(everNamed.every((name) => isReadOnlyHeader("viewer-response", name))).toBe(true);
  });

  it.each<[string, EventType, readonly string[]]>([
    [
      "LE-C-04",
      "viewer-request",
      ["cdn-loop", "content-length", "host", "transfer-encoding", "via"],
    ],
    [
      "LE-C-05",
      "origin-request",
      [
        "accept-encoding",
        "cdn-loop",
        "content-length",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "transfer-encoding",
        "via",
      ],
    ],
    ["LE-C-06", "origin-response", ["transfer-encoding", "via"]],
    [
      "LE-C-07",
      "viewer-response",
      ["content-encoding", "content-length", "transfer-encoding", "via", "warning"],
    ],
  ])("%s: %s has its own list", (_factId, eventType, names) => {
    expect(readOnlyHeaders(eventType)).toEqual(names);
  });

  it("LE-C-16: host is read-only at viewer-request and writable at origin-request", () => {
    expect(isReadOnlyHeader("viewer-request", "host")).toBe(true);
    expect(isReadOnlyHeader("origin-request", "host")).toBe(false);
  });
});

it("LE-B-52: cloudfront-viewer-country must not be added at viewer-request", () => {
  expect(headersForbiddenToAdd("viewer-request")).toEqual(["cloudfront-viewer-country"]);
  expect(headersForbiddenToAdd("origin-request")).toEqual([]);
});

it.each([
  ["host", true],
  ["te", true],
  ["x-amz-anything", true],
  ["x-edge-anything", true],
  ["x-api-key", false],
])("LE-B-43: %s as a custom header of an origin is denied: %s", (name, isDenied) => {
  expect(isDeniedOriginCustomHeader(name)).toBe(isDenied);
});

describe("a response headers policy", () => {
  it.each(["server", "x-powered-by", "x-cache"])("can remove %s", (name) => {
    expect(isRemovableByPolicy(name)).toBe(true);
  });

  it.each(["via", "content-length", "x-amz-cf-id", "connection"])("cannot remove %s", (name) => {
    expect(isRemovableByPolicy(name)).toBe(false);
  });
});
