import { describe, expect, it } from "vitest";
import { managedResponseHeadersPolicy } from "./managed-response-headers-policy.ts";

describe("managed response headers policies", () => {
  const security = [
    "Strict-Transport-Security: max-age=31536000",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: SAMEORIGIN",
    "X-XSS-Protection: 1; mode=block",
    "Referrer-Policy: strict-origin-when-cross-origin",
  ];

  it.each([
    ["67f7725c-6f97-4210-82d7-5512b31e9d03", "SecurityHeadersPolicy", security, undefined],
    ["60669652-455b-4ae9-85a4-c4c02393f86c", "SimpleCORS", [], []],
    [
      "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
      "CORS-With-Preflight",
      [],
      ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    ],
    ["e61eb60c-9c35-4d20-a928-2b84e02af89c", "CORS-and-SecurityHeadersPolicy", security, []],
    [
      "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
      "CORS-with-preflight-and-SecurityHeadersPolicy",
      security,
      ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    ],
  ])("%s is %s", (id, name, headers, allowMethods) => {
    const policy = managedResponseHeadersPolicy(id);
    expect(policy).toMatchObject({ id, name, customHeaders: [], removeHeaders: [] });
    expect(policy?.securityHeaders.map(({ name, value }) => `${name}: ${value}`)).toEqual(headers);
    expect(policy?.cors?.allowMethods).toEqual(allowMethods);
  });

  it("only X-Content-Type-Options replaces what the origin sends", () => {
    const policy = managedResponseHeadersPolicy("67f7725c-6f97-4210-82d7-5512b31e9d03");
    const replacing = policy?.securityHeaders.filter(({ override }) => override);
    expect(replacing?.map(({ name }) => name)).toEqual(["X-Content-Type-Options"]);
  });
});

it("no other id is one", () => {
  expect(managedResponseHeadersPolicy("other")).toBeUndefined();
});
