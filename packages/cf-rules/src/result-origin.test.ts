import type { Origin, OriginRequest } from "cf-types";
import { describe, expect, it } from "vitest";
import { checkOriginRequestResult } from "./check-result.ts";
import type { RequestResultCheck } from "./check-result.ts";
import { lambdaEdgeQuotas } from "./quotas.ts";

const custom = {
  customHeaders: { "x-api-key": [{ key: "X-Api-Key", value: "1" }] },
  domainName: "api.example.com",
  keepaliveTimeout: 5,
  path: "/v1",
  port: 443,
  protocol: "https",
  readTimeout: 30,
  responseCompletionTimeout: 60,
  sslProtocols: ["TLSv1.2"],
} satisfies Origin["custom"];

const s3 = {
  authMethod: "none",
  customHeaders: {},
  domainName: "bucket.s3.us-east-1.amazonaws.com",
  path: "",
  readTimeout: 30,
} satisfies Origin["s3"];

const s3WithIdentity = {
  ...s3,
  authMethod: "origin-access-identity",
  region: "us-east-1",
} as const;

function requestTo(origin: Origin): OriginRequest {
  return {
    clientIp: "192.0.2.44",
    method: "GET",
    uri: "/a",
    querystring: "",
    headers: {
      host: [{ key: "Host", value: "api.example.com" }],
      "x-trace": [{ key: "X-Trace", value: "1" }],
    },
    origin,
  };
}

function check(origin: unknown, from: Origin = { custom }): RequestResultCheck {
  const request = requestTo(from);
  return checkOriginRequestResult({ ...request, origin }, request);
}

function factOf(checked: RequestResultCheck): string {
  return checked.kind === "violation" ? checked.factId : checked.kind;
}

describe("the headers that an origin adds", () => {
  it("LE-B-16, LE-B-17: are written under their property's name, whatever the key says", () => {
    const customHeaders = { "X-one": [{ value: "1" }], "x-two": [{ key: "Host", value: "2" }] };
    for (const origin of [
      { custom: { ...custom, customHeaders } },
      { s3: { ...s3, customHeaders } },
    ]) {
      const checked = check(origin);
      const accepted = checked.kind === "request" ? checked.origin : undefined;
      expect((accepted?.custom ?? accepted?.s3)?.customHeaders).toEqual({
        "x-one": [{ key: "X-One", value: "1" }],
        "x-two": [{ key: "X-Two", value: "2" }],
      });
    }
  });
});

describe("a custom origin", () => {
  it.each<[string, object]>([
    ["LE-B-33", { domainName: "10.0.0.1" }],
    ["LE-B-33", { domainName: "api.example.com:8080" }],
    ["LE-B-33", { domainName: "" }],
    ["LE-B-33", { domainName: "[::1]" }],
    ["LE-B-33", { domainName: "-a.example.com" }],
    ["LE-B-33", { domainName: `${"a.".repeat(127)}com` }],
    ["LE-B-34", { path: "/a/" }],
    ["LE-B-34", { path: "a" }],
    ["LE-B-34", { path: "/a b" }],
    ["LE-B-34", { path: `/${"a".repeat(255)}` }],
    ["LE-B-35", { port: 8 }],
    ["LE-B-35", { port: 65_536 }],
    ["LE-B-35", { port: "443" }],
    ["LE-B-36", { readTimeout: 200 }],
    ["LE-B-36", { readTimeout: 0 }],
    ["LE-B-36", { keepaliveTimeout: 121 }],
    ["LE-B-37", { responseCompletionTimeout: 10 }],
    ["LE-B-38", { protocol: "ftp" }],
    ["LE-B-38", { protocol: undefined }],
    ["LE-B-38", { sslProtocols: ["TLSv1.3"] }],
    ["LE-B-42", { customHeaders: { "X-Trace": [{ value: "x" }] } }],
    ["LE-B-43", { customHeaders: { cookie: [{ value: "x" }] } }],
    ["LE-B-43", { customHeaders: { "X-Amz-Anything": [{ value: "x" }] } }],
    ["LE-B-59", { customHeaders: { "x-a": [{ value: "a\nb" }] } }],
    ["LE-B-59", { customHeaders: { "x-cache": [{ value: "x" }] } }],
    ["LE-B-59", { customHeaders: "x" }],
  ])("%s: refuses %o", (factId, change) => {
    expect(factOf(check({ custom: { ...custom, ...change } }))).toBe(factId);
  });

  it.each<[string, object]>([
    ["LE-B-41", { domainName: "other.example.com" }],
    ["LE-B-34", { path: "" }],
    ["LE-B-35", { port: 1024 }],
    ["LE-B-36", { readTimeout: 120, responseCompletionTimeout: 120 }],
    ["LE-B-37", { responseCompletionTimeout: 0 }],
    ["LE-B-37", { responseCompletionTimeout: undefined }],
    ["LE-B-38", { protocol: "http", port: 80, sslProtocols: ["TLSv1.2", "TLSv1.1"] }],
  ])("%s: accepts %o", (_factId, change) => {
    expect(check({ custom: { ...custom, ...change } })).toMatchObject({
      kind: "request",
      origin: { custom: change },
      warnings: [],
    });
  });

  it("LE-B-36: a raised quota is a parameter", () => {
    const request = requestTo({ custom });
    const slow = { ...custom, readTimeout: 180, responseCompletionTimeout: 0 };
    const result = { ...request, origin: { custom: slow } };
    const quotas = { ...lambdaEdgeQuotas, originReadTimeoutSeconds: 180 };
    expect(checkOriginRequestResult(result, request, quotas).kind).toBe("request");
    expect(factOf(checkOriginRequestResult(result, request))).toBe("LE-B-36");
  });

  it("LE-B-30: missing keys take their defaults with a warning", () => {
    const checked = check({
      custom: { domainName: "a.example.com", port: 443, protocol: "https" },
    });
    expect(checked).toMatchObject({
      origin: { custom: { path: "", readTimeout: 30, keepaliveTimeout: 5 } },
      warnings: [{ factId: "LE-B-30" }],
    });
  });

  it("LE-B-42, LE-C-31: a request header that repeats the origin's custom header is refused", () => {
    const request = requestTo({ custom });
    const result = { ...request, headers: { ...request.headers, "X-Api-Key": [{ value: "2" }] } };
    expect(factOf(checkOriginRequestResult(result, request))).toBe("LE-B-42");
  });

  it("LE-B-59: tells CloudFront's words", () => {
    expect(check({ custom: { ...custom, customHeaders: { "x-a": [{ value: "a\n" }] } } }))
      .toMatchInlineSnapshot(`
        {
          "detail": "origin.custom.customHeaders are not allowed: headers.x-a has the invalid character '%0A' in its value: got "a\\n".",
          "factId": "LE-B-59",
          "kind": "violation",
          "logText": "Lambda function result failed validation, origin.custom.customHeaders are not allowed: headers.x-a has the invalid character '%0A' in its value: got "a\\n".",
          "subject": "origin.custom.customHeaders",
          "viewerText": "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid.",
        }
      `);
  });
});

describe("an S3 origin", () => {
  it.each<[string, unknown, Origin]>([
    ["LE-B-33", { s3: { ...s3, domainName: "Bucket.s3.amazonaws.com" } }, { s3 }],
    ["LE-B-31", { s3: { ...s3, authMethod: "oac" } }, { s3 }],
    ["LE-B-39", { s3: { ...s3WithIdentity, region: undefined } }, { s3: s3WithIdentity }],
    ["LE-B-40", { s3: s3WithIdentity }, { custom }],
    ["LE-B-40", { s3: s3WithIdentity }, { s3 }],
  ])("%s: refuses %o", (factId, origin, from) => {
    expect(factOf(check(origin, from))).toBe(factId);
  });

  it("LE-B-40: a bucket with an identity may take the place of another", () => {
    const other = { ...s3WithIdentity, domainName: "other.s3.us-east-1.amazonaws.com" };
    expect(check({ s3: other }, { s3: s3WithIdentity })).toMatchObject({ origin: { s3: other } });
  });

  it("a custom origin may become an S3 origin and the other way round", () => {
    expect(check({ s3 }, { custom })).toMatchObject({ kind: "request", origin: { s3 } });
    expect(check({ custom }, { s3 })).toMatchObject({ kind: "request", origin: { custom } });
  });
});

describe("which origin", () => {
  it.each([[{}], [{ custom, s3 }], [{ custom: 1 }], [null], ["x"], [[]]])(
    "LE-B-29: refuses %o",
    (origin) => {
      expect(factOf(check(origin))).toBe("LE-B-29");
    },
  );

  it.each([[undefined], [structuredClone({ custom })]])("an unchanged origin is none", (origin) => {
    expect(check(origin)).toMatchObject({ kind: "request", origin: undefined });
  });
});
