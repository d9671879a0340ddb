import type { OriginRequestHandler } from "cf-types";
import { loadArtefact, originRequestEvent, testArtefact } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecretRedirect } from "secret-redirect";

const compiled = compileSecretRedirect({ location: "https://example.com/hidden" });
const artefact = await loadArtefact<OriginRequestHandler>(`${import.meta.dirname}/..`, compiled);
const { handler } = artefact;

describe("the artefact of secret-redirect", () => {
  testArtefact(artefact, {
    eventType: "origin-request",
    requires: ["fs", "node:crypto"],
    optionsCode: /OptionsError|Moved Permanently|_redirects|toml/,
  });

  it("answers the secret path with the configured redirect", async () => {
    for (const uri of ["/secret", "/secret/", "/%73ecret"]) {
      expect(await handler(originRequestEvent({ uri }))).toEqual({
        status: "302",
        statusDescription: "Found",
        headers: {
          location: [{ key: "Location", value: "https://example.com/hidden" }],
          "cache-control": [{ key: "Cache-Control", value: "public, max-age=0, s-maxage=60" }],
        },
      });
    }
  });

  it("lets every other request pass untouched", async () => {
    const event = originRequestEvent({ uri: "/index.html", querystring: "a=1" });
    const { request } = structuredClone(event).Records[0].cf;
    expect(await handler(event)).toEqual(request);
  });
});

describe("the artefact with every kind of rule", async () => {
  const full = compileSecretRedirect({
    location: "/inside",
    token: { in: "cookie", name: "key", value: "hush" },
    rules: [
      { from: "/old", to: "/new?a=1#top", status: 301 },
      { from: "/blog/:slug.html", to: "/posts/:slug" },
      { from: "/docs/*", to: "https://docs.example.com/:splat", conditions: { country: ["DE"] } },
      { from: "/docs", to: "/help", match: "prefix" },
      { from: "/sale", to: "/shop", conditions: { time: { from: "2000-01-01T00:00:00Z" } } },
      { from: "/gone", to: "/", conditions: { time: { until: "2000-01-01T00:00:00Z" } } },
    ],
  });
  const { handler: answer } = await loadArtefact<OriginRequestHandler>(
    `${import.meta.dirname}/..`,
    full,
  );

  it.each([
    ["/secret", "", { cookie: "key=hush" }, "302 /inside no-store"],
    ["/secret", "", { cookie: "key=hash" }, "passes"],
    ["/old/", "a=2&b=3", {}, "301 /new?a=1&b=3#top public, max-age=86400"],
    ["/blog/a%20b.html", "", {}, "302 /posts/a%20b public, max-age=0, s-maxage=60"],
    [
      "/docs/a/b",
      "",
      { "cloudfront-viewer-country": "DE" },
      "302 https://docs.example.com/a/b public, max-age=0, s-maxage=60",
    ],
    ["/docs/a/b", "", {}, "302 /help/a/b public, max-age=0, s-maxage=60"],
    ["/sale", "", {}, "302 /shop public, max-age=0, s-maxage=60"],
    ["/gone", "", {}, "passes"],
    ["/%", "%", { cookie: "%" }, "passes"],
  ])("answers %s?%s with %j: %s", async (uri, querystring, values, expected) => {
    const lines = Object.entries(values).map(([key, value]) => [key, [{ key, value }]]);
    const event = originRequestEvent({ uri, querystring, headers: Object.fromEntries(lines) });
    const result = await answer(event);
    const { location, "cache-control": cacheControl } = result.headers ?? {};
    expect(
      "status" in result
        ? `${result.status} ${location?.[0]?.value} ${cacheControl?.[0]?.value}`
        : "passes",
    ).toBe(expected);
  });

  it("never throws, and returns what CloudFront accepts, whatever the event holds", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("key=%", "%E0%A4%A", ";;;===", "\uD800", "&&a&=&"),
    );
    const path = fc
      .tuple(fc.constantFrom("", "/", "/docs/", "/blog/", "/secret", "/old"), text)
      .map((parts) => parts.join(""));
    const headers = fc.dictionary(
      fc.constantFrom("cookie", "host", "cloudfront-viewer-country", "accept-language"),
      fc.array(fc.record({ key: text, value: text }), { maxLength: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(path, text, text, headers, async (uri, querystring, method, lines) => {
        const event = originRequestEvent({ uri, querystring, method, headers: lines });
        const before = structuredClone(event.Records[0].cf.request);
        const result = await answer(event);
        const { status, headers: answered = {} } = { status: "passes", ...result };
        const isRedirect = status !== "passes";
        // LE-D-03, LE-C-01, LE-C-05, LE-C-15: a status, and two harmless headers without control characters.
        expect(status).toMatch(/^(?:30[12]|passes)$/);
        expect(isRedirect ? Object.keys(answered) : result).toEqual(
          isRedirect ? ["location", "cache-control"] : before,
        );
        const location = isRedirect ? answered["location"]?.[0]?.value : "/";
        expect(location).toMatch(/^[!-~]+$/);
      }),
      propertyRuns(2000),
    );
  });
});

describe("thousands of rules", async () => {
  const rules = Array.from({ length: 5000 }, (_, index) =>
    index % 2 === 0
      ? { from: `/old-${index}`, to: `/new-${index}` }
      : { from: `/section-${index}/:slug`, to: `/s/${index}/:slug` },
  );
  const { handler: answer } = await loadArtefact<OriginRequestHandler>(
    `${import.meta.dirname}/..`,
    compileSecretRedirect({ rules }),
  );

  it("are answered each with its own", async () => {
    for (const [index, { from, to }] of rules.entries()) {
      const result = await answer(originRequestEvent({ uri: from.replace(":slug", `x${index}`) }));
      expect(result.headers?.["location"]?.[0]?.value).toBe(to.replace(":slug", `x${index}`));
    }
  });
});
