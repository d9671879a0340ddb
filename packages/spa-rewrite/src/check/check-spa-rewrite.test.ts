import { describe, expect, it } from "vitest";
import { checkSpaRewrite } from "./check-spa-rewrite.ts";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";

const sound = compileSpaRewrite({ routes: ["/", "/notes/:id"] });

function messages(...given: Parameters<typeof checkSpaRewrite>): readonly string[] {
  return checkSpaRewrite(...given).map(({ severity, message }) => `${severity}: ${message}`);
}

describe("checkSpaRewrite", () => {
  it("finds nothing in sound options on a sound distribution", () => {
    const surroundings = {
      eventType: "viewer-request",
      defaultRootObject: "",
      customErrorResponses: [{ errorCode: 404, responsePagePath: "/404.html", responseCode: 404 }],
      cacheKeyHeaders: ["Origin"],
    };
    expect(checkSpaRewrite(sound)).toEqual([]);
    expect(checkSpaRewrite(sound, surroundings)).toEqual([]);
  });

  it("finds routes that never decide", () => {
    const hidden = compileSpaRewrite({
      routes: ["/notes/:id", "/notes/:id(\\d+)", "/api/:x", "/admin/users"],
      apps: [{ prefix: "/admin" }],
    });
    expect(messages(hidden)).toEqual([
      'warning: routes[1] may never decide: routes[0] comes before it for "/notes/1". The path matches "/notes/:id".',
      'warning: routes[2] may never decide: exclude[0] comes before it for "/api/x". The path is "/api" or below it.',
      'warning: routes[3] may never decide: apps[0].mode comes before it for "/admin/users". Every navigation in /admin/* gets /admin/index.html.',
    ]);
  });

  it("finds the wrong event", () => {
    expect(messages(sound, { eventType: "origin-request" })).toEqual([
      'error: spa-rewrite stands on the wrong event: got "origin-request". On viewer-request all pages share one cached document, and the viewer\'s Accept header is there.',
    ]);
  });

  it("finds a root that nothing answers", () => {
    const rootless = compileSpaRewrite({ routes: ["/notes/:id"] });
    expect(messages(rootless, { defaultRootObject: "index.html" })).toEqual([]);
    expect(messages(rootless, { defaultRootObject: "" })).toEqual([
      'warning: Nothing answers "/": the distribution has no default root object, and no rule takes the path. Set the default root object, add the route "/", or give siteFiles.',
    ]);
  });

  it("finds custom error responses that answer a missing script with a page", () => {
    const customErrorResponses = [
      { errorCode: 403, responsePagePath: "/index.html", responseCode: 200 },
    ];
    expect(messages(sound, { customErrorResponses })).toEqual([
      'warning: The custom error response for 403 answers every missing file with status 200: got "/index.html". Remove it: spa-rewrite serves the pages, and a missing script keeps its 404.',
    ]);
  });

  it("finds headers in the cache key that divide one document", () => {
    expect(messages(sound, { cacheKeyHeaders: ["Accept", "Origin"] })).toEqual([
      'warning: The cache key has headers that spa-rewrite has already decided by: got ["Accept"]. Without them all viewers share one document.',
    ]);
  });
});
