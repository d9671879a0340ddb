import type { ViewerRequestHandler } from "cf-types";
import { loadArtefact, testArtefact, viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSpaRewrite } from "spa-rewrite";

const compiled = compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] });
const artefact = await loadArtefact<ViewerRequestHandler>(`${import.meta.dirname}/..`, compiled);
const { handler } = artefact;

describe("the artefact of spa-rewrite", () => {
  testArtefact(artefact, {
    eventType: "viewer-request",
    requires: ["fs"],
    optionsCode: /OptionsError/,
  });

  it("serves every feature of the options from the same bytes", async () => {
    const { handler } = await loadArtefact<ViewerRequestHandler>(
      `${import.meta.dirname}/..`,
      compileSpaRewrite({
        mode: "fallback",
        apps: [{ prefix: "/admin" }],
        siteFiles: ["index.html", "admin/index.html", "docs/index.html", "LICENSE"],
        dottedPaths: ["/users/:name"],
        trailingSlash: "remove",
        logEvery: 0,
      }),
    );
    const answer = async (uri: string) => {
      const result = await handler(viewerRequestEvent({ uri, querystring: "a=1" }));
      return "uri" in result ? result.uri : result.headers?.["location"]?.[0]?.value;
    };
    expect(await answer("/notes")).toBe("/index.html");
    expect(await answer("/notes/")).toBe("/notes?a=1");
    expect(await answer("/admin/users")).toBe("/admin/index.html");
    expect(await answer("/docs")).toBe("/docs/index.html");
    expect(await answer("/LICENSE")).toBe("/LICENSE");
    expect(await answer("/users/jane.doe")).toBe("/index.html");
    expect(await answer("/app-old.js")).toBe("/app-old.js");
    expect(await answer("/api/x")).toBe("/api/x");
  });

  it.each([
    ["/notes/1", "/index.html"],
    ["/notes/42/edit", "/index.html"],
    ["/notes/abc", "/notes/abc"],
    ["/x/notes/1", "/x/notes/1"],
    ["/notes/1/edit/x", "/notes/1/edit/x"],
    ["/", "/"],
  ])("answers %s with %s", async (uri, expected) => {
    const event = viewerRequestEvent({ uri, querystring: "a=1" });
    const { request } = structuredClone(event).Records[0].cf;
    expect(await handler(event)).toEqual({ ...request, uri: expected });
  });
});
