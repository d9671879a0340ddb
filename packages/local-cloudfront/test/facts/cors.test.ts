import { describe, expect, it } from "vitest";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

type Cors = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string>>;

const app = "https://app.example.org";

/** Returns the CORS headers and Vary of a response, by lower-case name. */
async function corsHeaders(
  options: TestCloudFrontOptions,
  sent: Headers,
  method = "GET",
): Promise<Headers> {
  const { cloudfront } = await startTestCloudFront({ server: respondsInTurn({}), ...options });
  const { headers } = await requestRaw(cloudfront.url, "/", sent, method);
  const names = Object.keys(headers).filter((name) => /^(?:access-control-|vary$)/.test(name));
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? ""]));
}

const withCors = (cors: Cors, answer: OriginResponse = {}): TestCloudFrontOptions => ({
  responseHeadersPolicy: {
    CorsConfig: {
      AccessControlAllowCredentials: false,
      AccessControlAllowHeaders: { Items: ["*"] },
      AccessControlAllowMethods: { Items: ["GET", "PUT"] },
      AccessControlAllowOrigins: { Items: ["*"] },
      OriginOverride: true,
      ...cors,
    },
  },
  server: respondsInTurn(answer),
});

const preflight = { origin: app, "access-control-request-method": "PUT" };

describe("CORS headers of a response headers policy", () => {
  it("answer a simple request of an allowed origin", async () => {
    const cors = {
      AccessControlAllowCredentials: true,
      AccessControlAllowOrigins: { Items: ["https://other.example.org", app] },
      AccessControlExposeHeaders: { Items: ["X-A", "X-B"] },
      AccessControlMaxAgeSec: 600,
    };
    expect(await corsHeaders(withCors(cors), { origin: app })).toEqual({
      "access-control-allow-origin": app,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "X-A, X-B",
      vary: "Origin",
    });
  });

  it("answer a preflight with methods, headers and max age", async () => {
    const cors = { AccessControlMaxAgeSec: 600 };
    expect(await corsHeaders(withCors(cors), preflight, "OPTIONS")).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "*",
      "access-control-max-age": "600",
    });
  });

  it("F-RHP-PREFLIGHT: leave the status of a preflight to the origin", async () => {
    const { cloudfront, received } = await startTestCloudFront(withCors({}, { status: 204 }));
    const { status } = await requestRaw(cloudfront.url, "/", preflight, "OPTIONS");
    expect(status).toBe(204);
    expect(received).toHaveLength(1);
  });

  it("of ALL methods are all seven, and of no headers none", async () => {
    const cors = {
      AccessControlAllowMethods: { Items: ["ALL"] },
      AccessControlAllowHeaders: { Items: [] },
    };
    expect(await corsHeaders(withCors(cors), preflight, "OPTIONS")).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
    });
  });

  it.each<[items: string[], asked: string, allowed: string | undefined]>([
    [["X-A", "X-B"], "x-c", "X-A, X-B"],
    [["x-amz-*"], "x-amz-test, X-Amz-, x-amz, x-other", "x-amz-test, X-Amz-"],
    [["x-*-amz", "Authorization"], "x-test-amz, x--amz", "x-test-amz, x--amz, Authorization"],
    [["x-amz-*"], "x-other", undefined],
    [["*", "Authorization"], "authorization", "*, Authorization"],
  ])("that allow the headers %j answer %j with %j", async (Items, asked, allowed) => {
    const sent = { ...preflight, "access-control-request-headers": asked };
    const options = withCors({ AccessControlAllowHeaders: { Items } });
    const headers = await corsHeaders(options, sent, "OPTIONS");
    expect(headers["access-control-allow-headers"]).toBe(allowed);
  });

  it.each<[allowed: string, origin: string, matches: boolean]>([
    ["*", "https://any.example", true],
    ["http://*.example.org", "http://www.example.org", true],
    ["http://*.example.org", "http://a.b.example.org", true],
    ["http://*.example.org", "https://test.example.org", false],
    ["http://*.example.org", "http://test.example.org:123", false],
    ["http://*.example.org", "http://example.org", false],
    ["http://*.example.org", "http://evilexample.org", false],
    ["*.example.org", "http://test.example.org", true],
    ["*.example.org", "https://test.test.example.org", true],
    ["*.example.org", "https://test.example.org:123", false],
    ["example.org", "http://example.org", true],
    ["example.org", "https://example.org", true],
    ["example.org", "https://www.example.org", false],
    ["http://example.org", "https://example.org", false],
    ["http://example.org", "http://example.org:123", false],
    ["http://example.org:*", "http://example.org:123", true],
    ["http://example.org:*", "http://example.org", true],
    ["http://example.org:1*3", "http://example.org:1893", true],
    ["http://example.org:1*3", "http://example.org:13", true],
    ["http://example.org:1*3", "http://example.org:12", false],
    ["*.example.org:1*", "https://test.example.org:123", true],
    [app, `${app}.evil.example`, false],
  ])("that allow %s: %s -> %s", async (allowed, origin, matches) => {
    const options = withCors({ AccessControlAllowOrigins: { Items: [allowed] } });
    const headers = await corsHeaders(options, { origin });
    const answer = allowed === "*" ? "*" : origin;
    expect(headers["access-control-allow-origin"]).toBe(matches ? answer : undefined);
  });

  it("are not added without Origin; F-RHP-VARY: Vary names it beside the origin's own", async () => {
    const options = withCors({}, { headers: { vary: "Accept-Encoding" } });
    expect(await corsHeaders(options, {})).toEqual({ vary: "Accept-Encoding, Origin" });
    const one = withCors(
      { AccessControlAllowOrigins: { Items: [app] } },
      { headers: { vary: "Accept-Encoding" } },
    );
    expect(await corsHeaders(one, { origin: app })).toMatchObject({
      vary: "Accept-Encoding, Origin",
    });
  });

  it("replace the origin's with override, and keep those that the policy does not have", async () => {
    const fromOrigin = {
      "access-control-allow-origin": "https://origin.example",
      "access-control-max-age": "5",
    };
    expect(await corsHeaders(withCors({}, { headers: fromOrigin }), { origin: app })).toEqual({
      "access-control-allow-origin": "*",
      "access-control-max-age": "5",
    });
  });

  it("are all left out without override, where the origin has any CORS header", async () => {
    const fromOrigin = { "access-control-max-age": "5" };
    const options = withCors({ OriginOverride: false }, { headers: fromOrigin });
    expect(await corsHeaders(options, { origin: app })).toEqual(fromOrigin);
  });

  it("are added to what the cache holds, for each viewer's own Origin", async () => {
    const { cloudfront, received } = await startTestCloudFront(
      withCors({ AccessControlAllowOrigins: { Items: ["*.example.org"] } }),
    );
    for (const origin of [app, "https://www.example.org"]) {
      const { headers } = await requestRaw(cloudfront.url, "/", { origin });
      expect(headers["access-control-allow-origin"]).toBe(origin);
    }
    expect(received).toHaveLength(1);
  });
});

describe("managed CORS policies", () => {
  const managed = (ResponseHeadersPolicyId: string): TestCloudFrontOptions => ({
    properties: { ResponseHeadersPolicyId },
  });
  const simpleCors = managed("60669652-455b-4ae9-85a4-c4c02393f86c");
  const withPreflight = managed("5cc3b908-e619-4b99-88e5-2cf7f45965bd");

  it("SimpleCORS adds Access-Control-Allow-Origin alone", async () => {
    const allowed = { "access-control-allow-origin": "*" };
    expect(await corsHeaders(simpleCors, { origin: app })).toEqual(allowed);
    expect(await corsHeaders(simpleCors, preflight, "OPTIONS")).toEqual(allowed);
  });

  it("CORS-With-Preflight adds three headers to a preflight", async () => {
    expect(await corsHeaders(withPreflight, preflight, "OPTIONS")).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
      "access-control-expose-headers": "*",
    });
  });
});
