import type { EventHeaders } from "cf-types";
import { viewerResponseEvent } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";
import { type SecurityHeadersDecision, decideSecurityHeaders } from "./decide-security-headers.ts";
import { explainSecurityHeaders } from "./decide-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { plainSecurityHeaders } from "./decide-security-headers.ts";
import { createSecurityHeaders } from "./edge/security-headers.ts";

const options: SecurityHeadersOptions = {
  preset: "spa",
  headers: { "X-Robots-Tag": "noindex" },
  keepIfPresent: ["Referrer-Policy", "Content-Security-Policy"],
  pathOverrides: [
    { pathPattern: "/embed/exact", xFrameOptions: false },
    { pathPattern: "/embed/*", referrerPolicy: "no-referrer", removeHeaders: [] },
    { pathPattern: "/embed/late", server: "never" },
    {
      pathPattern: "*.pdf",
      contentSecurityPolicy: "default-src 'self'",
      headers: { "X-Kind": "pdf" },
    },
  ],
};
const compiled = compileSecurityHeaders(options);

function line(key: string, value: string) {
  return { [key.toLowerCase()]: [{ key, value }] };
}

describe("decideSecurityHeaders", () => {
  it.each([
    ["text/html; charset=utf-8", true],
    ["TEXT/HTML", true],
    [" text/html ", true],
    ["application/xhtml+xml", true],
    ["text/htmlx", false],
    ["application/json", false],
    ["image/svg+xml", false],
  ])("Content-Type %j is a document: %s", (contentType, isDocument) => {
    const { set } = decideSecurityHeaders(compiled, {
      uri: "/",
      headers: line("Content-Type", contentType),
    });
    expect("content-security-policy" in set).toBe(isDocument);
    expect(set).toHaveProperty("x-content-type-options");
  });

  it("a response without Content-Type counts as a document", () => {
    expect(decideSecurityHeaders(compiled, { uri: "/" }).set).toHaveProperty("x-frame-options");
  });

  it.each([
    ["/", true],
    ["/index.html", true],
    ["/notes/1", true],
    ["/v1.2/page", true],
    ["/assets/worker-BkX3f_Ab.js", false],
    ["/sw.mjs", false],
    ["/data.json", false],
  ])("a 304, which has no Content-Type, of %s is a document: %s", (uri, isDocument) => {
    const { set } = decideSecurityHeaders(compiled, { uri, status: "304" });
    expect("x-frame-options" in set).toBe(isDocument);
    expect(set).toHaveProperty("x-content-type-options");
  });

  it("the types of documents can be chosen", () => {
    const own = compileSecurityHeaders({ preset: "spa", documentContentTypes: ["image/svg+xml"] });
    expect(plainSecurityHeaders(own, { contentType: "image/svg+xml" })).toHaveProperty(
      "Content-Security-Policy",
    );
    expect(plainSecurityHeaders(own, { contentType: "text/html" })).not.toHaveProperty(
      "Content-Security-Policy",
    );
  });

  it("says why a 304 is none", () => {
    expect(explainSecurityHeaders(compiled, { uri: "/w.js", status: "304" }).reason).toBe(
      '"/w.js" matches no path pattern, and without a Content-Type it counts as no document: a 304 goes by its path.',
    );
  });

  it("a header of keepIfPresent gives way to the origin's, all others replace it", () => {
    const headers = { ...line("Referrer-Policy", "origin"), ...line("X-Robots-Tag", "all") };
    const { set } = decideSecurityHeaders(compiled, { uri: "/", headers });
    expect(set).not.toHaveProperty("referrer-policy");
    expect(set["x-robots-tag"]).toEqual([{ key: "X-Robots-Tag", value: "noindex" }]);
  });

  it("takes away what tells of the origin, unless it is set", () => {
    const headers = { ...line("Server", "AmazonS3"), ...line("X-Powered-By", "x") };
    expect(decideSecurityHeaders(compiled, { uri: "/", headers }).remove).toEqual([
      "server",
      "x-powered-by",
    ]);
    const own = compileSecurityHeaders({ preset: "spa", server: "own" });
    expect(decideSecurityHeaders(own, { uri: "/", headers })).toMatchObject({
      remove: ["x-powered-by"],
      set: line("Server", "own"),
    });
  });

  it.each([
    [
      "/embed/exact",
      { "x-frame-options": false, "referrer-policy": "strict-origin-when-cross-origin" },
    ],
    ["/embed/late", { server: false, "referrer-policy": "no-referrer" }],
    ["/embed/", { "x-frame-options": "SAMEORIGIN", "referrer-policy": "no-referrer" }],
    [
      "/a.pdf",
      {
        "content-security-policy": "default-src 'self'",
        "x-kind": "pdf",
        "x-robots-tag": "noindex",
      },
    ],
    ["/embed/a.pdf", { "x-kind": false, "referrer-policy": "no-referrer" }],
    ["/", { "x-kind": false, "x-frame-options": "SAMEORIGIN" }],
  ])("the first path pattern that matches %s decides", (uri, expected) => {
    const { set } = decideSecurityHeaders(compiled, { uri });
    for (const [name, value] of Object.entries(expected)) {
      expect(set[name]?.[0]?.value ?? false).toBe(value);
    }
  });

  it("the directives of an override are laid over those beside it", () => {
    const own = compileSecurityHeaders({
      preset: "api",
      contentSecurityPolicy: { directives: { imgSrc: ["'self'"] } },
      pathOverrides: [
        {
          pathPattern: "/a",
          contentSecurityPolicy: { directives: { frameAncestors: ["https://p.example"] } },
        },
      ],
    });
    expect(plainSecurityHeaders(own, { uri: "/a" })["Content-Security-Policy"]).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors https://p.example;img-src 'self'",
    );
  });
});

describe("explainSecurityHeaders", () => {
  it.each([
    [
      "/",
      "default",
      '"/" matches no path pattern, and without a Content-Type it counts as a document.',
    ],
    [
      "/embed/exact",
      "/embed/exact",
      '"/embed/exact" matches the path pattern "/embed/exact", and without a Content-Type it counts as a document.',
    ],
    [
      "/embed/a.pdf",
      "/embed/*",
      '"/embed/a.pdf" matches the path pattern "/embed/*", and without a Content-Type it counts as a document.',
    ],
  ])("%s", (uri, rule, reason) => {
    const explanation = explainSecurityHeaders(compiled, uri);
    expect(explanation).toMatchObject({ rule, reason });
    expect(explanation.result).toEqual(decideSecurityHeaders(compiled, { uri }));
  });

  it("says whether a Content-Type is a document's, where that counts", () => {
    const headers = line("Content-Type", "text/css");
    expect(explainSecurityHeaders(compiled, { uri: "/", headers }).reason).toBe(
      '"/" matches no path pattern, and "text/css" is no document.',
    );
    expect(explainSecurityHeaders(compileSecurityHeaders(), { uri: "/", headers }).reason).toBe(
      '"/" matches no path pattern.',
    );
  });
});

/** Slow and obvious: rule by rule, header by header. */
function reference(
  own: CompiledSecurityHeaders,
  uri: string,
  headers: Readonly<EventHeaders>,
): SecurityHeadersDecision {
  const rule = explainSecurityHeaders(own, uri).rule;
  const set = own.pathOverrides?.find(({ pathPattern }) => pathPattern === rule) ?? own;
  const type = headers["content-type"]?.[0]?.value.trim().split(/\s*;/)[0]?.toLowerCase();
  const isDocument = type === undefined || /^(?:text\/html|application\/xhtml\+xml)$/.test(type);
  const wanted = { ...set.headers, ...(isDocument && set.documentHeaders) };
  return {
    set: Object.fromEntries(
      Object.entries(wanted).filter(
        ([name]) => !(set.keepIfPresent?.includes(name) && name in headers),
      ),
    ),
    remove: Object.keys(headers).filter((name) => set.removeHeaders?.includes(name)),
  };
}

const uris = fc.oneof(
  fc.constantFrom("/", "/embed/exact", "/embed/late", "/a.pdf", "/embed/x.pdf"),
  fc.webPath(),
  fc.string().map((text) => `/${text}`),
);
const headerNames = fc.constantFrom(
  "content-type",
  "server",
  "x-powered-by",
  "referrer-policy",
  "content-security-policy",
  "via",
  "content-length",
  "etag",
  "x-robots-tag",
);
const contentTypes = fc.constantFrom("text/html", "Text/HTML ; charset=x", "text/css", "a", "");
const eventHeaders = fc
  .dictionary(headerNames, fc.oneof(contentTypes, fc.string()), { noNullPrototype: true })
  .map((texts) =>
    Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, [{ key, value }]])),
  );

describe("for any response", () => {
  it("the decision is that of the obvious reference", () => {
    fc.assert(
      fc.property(uris, eventHeaders, (uri, headers) => {
        expect(decideSecurityHeaders(compiled, { uri, headers })).toEqual(
          reference(compiled, uri, headers),
        );
      }),
      propertyRuns(1000),
    );
  });

  it("the handler does what was decided, once and for all", async () => {
    const handler = createSecurityHeaders(compiled);
    await fc.assert(
      fc.asyncProperty(uris, eventHeaders, async (uri, given) => {
        const headers = structuredClone(given);
        const event = viewerResponseEvent({ headers });
        Object.assign(event.Records[0].cf.request, { uri });
        const { set, remove } = decideSecurityHeaders(compiled, { uri, headers: given });
        const kept = Object.entries(given).filter(([name]) => !remove.includes(name));
        const once = await handler(event);
        expect(once.headers).toEqual({ ...Object.fromEntries(kept), ...set });
        const twice = structuredClone(once);
        expect(await handler(event)).toEqual(twice);
      }),
      propertyRuns(500),
    );
  });

  it("LE-C-07, LE-C-09: no read-only header is set, changed or taken away", async () => {
    const readOnly = ["via", "warning", "content-length", "content-encoding", "transfer-encoding"];
    const presets = ["original", "spa", "static", "spa-popups", "isolated", "api"] as const;
    for (const preset of presets) {
      const handler = createSecurityHeaders(compileSecurityHeaders({ preset }));
      const given = Object.fromEntries(readOnly.map((key) => [key, [{ key, value: "1" }]]));
      const { headers, status } = await handler(viewerResponseEvent({ headers: { ...given } }));
      expect(headers).toMatchObject(given);
      expect(status).toBe("200");
    }
  });

  it("an odd but legal event does not throw", async () => {
    const handler = createSecurityHeaders(compiled);
    const odd: EventHeaders[] = [{}, { "content-type": [] }, { constructor: [] }];
    for (const headers of odd) {
      await expect(handler(viewerResponseEvent({ headers }))).resolves.toBeDefined();
    }
  });
});
