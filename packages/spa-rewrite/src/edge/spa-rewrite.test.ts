import { viewerRequestEvent } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import { createSpaRewrite } from "./spa-rewrite.ts";

const compiled = compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] });
const handler = createSpaRewrite(compiled);

describe("the notes app with the routes /notes/:id(\\d+) and /notes/:id(\\d+)/edit", () => {
  it.each([
    "/notes/1",
    "/notes/42",
    "/notes/007",
    "/notes/12345678901234567890",
    "/notes/1/edit",
    "/notes/42/edit",
    "/notes/%31",
  ])("serves the document for %s", async (uri) => {
    expect(await handler(viewerRequestEvent({ uri }))).toHaveProperty("uri", "/index.html");
  });

  it.each([
    "/",
    "/index.html",
    "/notes",
    "/notes/",
    "/notes/1/",
    "/notes/1/edit/",
    "/notes/1/edit/x",
    "/notes/1/anything",
    "/notes/1/photo.jpg",
    "/notes/1.json",
    "/notes/abc",
    "/notes/1a",
    "/notes/\u0661",
    "/notes/-1",
    "/notes//edit",
    "//notes/1",
    "/Notes/1",
    "/notes/1/Edit",
    "/x/notes/1",
    "/api/notes/1",
    "/api/notes/1.json",
    "/footnotes/3",
    "/release-notes/2024.html",
    "/assets/notes/1.js",
    "/notes/1\n",
    "/notes/1?edit",
  ])("leaves %j as it is", async (uri) => {
    expect(await handler(viewerRequestEvent({ uri }))).toHaveProperty("uri", uri);
  });
});

describe("the handler", () => {
  it("changes nothing but the uri, and returns the request of the event itself", async () => {
    const event = viewerRequestEvent({ uri: "/notes/1", querystring: "uri=/x&page=2" });
    const { request } = event.Records[0].cf;
    const before = structuredClone(request);
    expect(await handler(event)).toBe(request);
    expect(request).toEqual({ ...before, uri: "/index.html" });
  });

  it("changes nothing at all where no route matches", async () => {
    const event = viewerRequestEvent({ uri: "/notes/abc", querystring: "page=2" });
    const before = structuredClone(event);
    expect(await handler(event)).toBe(event.Records[0].cf.request);
    expect(event).toEqual(before);
  });

  it("serves the document of the options", async () => {
    const admin = createSpaRewrite(
      compileSpaRewrite({ routes: ["/admin/:page"], document: "/admin/index.html" }),
    );
    const event = viewerRequestEvent({ uri: "/admin/users" });
    expect(await admin(event)).toHaveProperty("uri", "/admin/index.html");
  });

  it("LE-D-03, LE-C-11: a redirect has a status, a Location and a bounded lifetime, and nothing else", async () => {
    const redirecting = createSpaRewrite(
      compileSpaRewrite({ mode: "fallback", trailingSlash: "remove" }),
    );
    expect(await redirecting(viewerRequestEvent({ uri: "/a/", querystring: "b=1" }))).toEqual({
      status: "301",
      headers: {
        location: [{ value: "/a?b=1" }],
        "cache-control": [{ value: "max-age=3600" }],
      },
    });
  });
});

const anyHeaders = fc.dictionary(
  fc.constantFrom("accept", "sec-fetch-dest", "sec-fetch-mode", "sec-purpose", "host"),
  fc.array(fc.record({ key: fc.string(), value: fc.string() }), { maxLength: 3 }),
);
const anyUri = fc.oneof(
  fc.webPath(),
  fc.string(),
  fc.string({ unit: "binary" }).map((each) => `/${each}`),
  fc
    .array(
      fc.constantFrom(
        "/",
        "a",
        ".",
        "..",
        "%2F",
        "%2e",
        "%",
        "api",
        "admin",
        "docs",
        ".js",
        "\u00e9",
        "//",
        "~",
      ),
    )
    .map((parts) => `/${parts.join("")}`),
  fc.constantFrom("constructor", "__proto__", ""),
);
const anyOptions = fc.constantFrom(
  compileSpaRewrite({ routes: ["/:a", "/docs/*", "/:file.html"] }),
  compileSpaRewrite({ mode: "fallback", dottedPaths: ["/*"], dotFiles: true }),
  compileSpaRewrite({
    mode: "fallback",
    document: "/shell",
    apps: [{ prefix: "/admin", document: "/docs/admin" }, { prefix: "/docs" }],
    siteFiles: ["shell", "docs/admin", "docs/index.html", "a.html", "a/index.html", "b"],
    trailingSlash: "add",
  }),
  compileSpaRewrite({ mode: "fallback", trailingSlash: "remove", pages: { "/a": "/b" } }),
);

/** Where a request ends up: its uri, or the location that it is answered with. */
function endOf(result: Awaited<ReturnType<typeof handler>>) {
  return "uri" in result
    ? { isRedirect: false, target: result.uri }
    : { isRedirect: true, target: result.headers?.["location"]?.[0]?.value ?? "" };
}

describe("for any event", () => {
  it("LE-B-11, LE-B-53: the result is the event's own request with a uri that is a path, or a redirect", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyOptions,
        anyUri,
        anyHeaders,
        fc.string(),
        async (options, uri, headers, querystring) => {
          const event = viewerRequestEvent({ uri, headers, querystring });
          const { request } = event.Records[0].cf;
          const before = structuredClone(request);
          const result = await createSpaRewrite(options)(event);
          const { isRedirect, target } = endOf(result);
          const location = /^\/[!-.0-[\]-~][!-~]*$/;
          const file = /^(?:\/[\w%.~-]+)+$/;
          expect(target === uri || (isRedirect ? location : file).test(target)).toBe(true);
          expect(request).toEqual({ ...before, uri: isRedirect ? uri : target });
          expect(isRedirect || result === request).toBe(true);
        },
      ),
      propertyRuns(2000),
    );
  });

  it("the decision on its own result is to leave it, and no redirect leads to another one", async () => {
    await fc.assert(
      fc.asyncProperty(anyOptions, anyUri, async (options, uri) => {
        const run = createSpaRewrite(options);
        const first = endOf(await run(viewerRequestEvent({ uri, headers: {} })));
        const second = endOf(await run(viewerRequestEvent({ uri: first.target, headers: {} })));
        expect(second.isRedirect).toBe(false);
        expect(first.isRedirect || second.target === first.target).toBe(true);
      }),
      propertyRuns(2000),
    );
  });
});
