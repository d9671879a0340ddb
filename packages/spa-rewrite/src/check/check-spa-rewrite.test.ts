import { describe, expect, it } from "vitest";
import { checkSpaRewrite, type SpaRewriteSurroundings } from "./check-spa-rewrite.ts";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import type { SpaRewriteOptions } from "../compile/spa-rewrite-options.ts";

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
      'warning: routes[1] may never decide: routes[0] comes before it for "/notes/1". The path matches "/notes/:id". Take it out.',
      'warning: routes[2] may never decide: exclude[0] comes before it for "/api/x". The path is "/api" or below it. Take it out, or take exclude[0] out.',
      'warning: routes[3] may never decide: apps[0].mode comes before it for "/admin/users". Every navigation in /admin/* gets /admin/index.html. Take it out.',
    ]);
  });

  it("finds the wrong event", () => {
    expect(messages(sound, { eventType: "origin-request" })).toEqual([
      'error: spa-rewrite stands on the wrong event: got "origin-request". Associate it with viewer-request: there all pages share one cached document, and the viewer\'s Accept header is there.',
    ]);
  });

  it("finds a root that nothing answers", () => {
    const rootless = compileSpaRewrite({ routes: ["/notes/:id"] });
    expect(messages(rootless, { defaultRootObject: "index.html" })).toEqual([]);
    expect(messages(rootless, { defaultRootObject: "" })).toEqual([
      'warning: Nothing serves "/": the distribution has no default root object, and no rule takes the path. Set the default root object, add the route "/", or give siteFiles.',
    ]);
  });

  it("finds custom error responses that answer a missing script with a page", () => {
    const customErrorResponses = [
      { errorCode: 403, responsePagePath: "/index.html", responseCode: 200 },
    ];
    expect(messages(sound, { customErrorResponses })).toEqual([
      'warning: The custom error response for 403 responds to every missing file with status 200: got "/index.html". Remove it: spa-rewrite serves the pages, and a missing script keeps its 404.',
    ]);
  });

  it("finds headers in the cache key that divide one document", () => {
    expect(messages(sound, { cacheKeyHeaders: ["Accept", "Origin"] })).toEqual([
      'warning: The cache key has headers that spa-rewrite has already decided by: got ["Accept"]. Take them out of the cache key: all viewers then share one document.',
    ]);
  });
});

describe("a remedy of checkSpaRewrite is followed, and nothing is left to say", () => {
  const notes = { routes: ["/", "/notes/:id"] };
  it.each<{
    readonly said: RegExp;
    readonly wrong: readonly [SpaRewriteOptions, SpaRewriteSurroundings?];
    readonly right: readonly (readonly [SpaRewriteOptions, SpaRewriteSurroundings?])[];
  }>([
    {
      said: /routes\[1\] may never decide: routes\[0\] .* Take it out/,
      wrong: [{ routes: ["/notes/*", "/notes/:id"] }],
      right: [[{ routes: ["/notes/*"] }]],
    },
    {
      said: /Take it out, or take exclude\[0\] out/,
      wrong: [{ routes: ["/api/:x"] }],
      right: [[{ routes: ["/:x"] }], [{ routes: ["/api/:x"], exclude: ["/.well-known"] }]],
    },
    {
      said: /apps\[0\]\.mode comes before it .* Take it out/,
      wrong: [{ routes: ["/", "/admin/users"], apps: [{ prefix: "/admin" }] }],
      right: [[{ routes: ["/"], apps: [{ prefix: "/admin" }] }]],
    },
    {
      said: /apps\[0\]\.routes comes before it .* Move it to apps\[0\]\.routes/,
      wrong: [
        { routes: ["/", "/admin/users"], apps: [{ prefix: "/admin", routes: ["/admin/teams"] }] },
      ],
      right: [
        [{ routes: ["/"], apps: [{ prefix: "/admin", routes: ["/admin/teams", "/admin/users"] }] }],
      ],
    },
    {
      said: /Set dotFiles to true, or take the route out/,
      wrong: [{ routes: ["/", "/.config/:x"] }],
      right: [[{ routes: ["/", "/.config/:x"], dotFiles: true }], [{ routes: ["/"] }]],
    },
    {
      said: /exclude\[1\] may never decide: exclude\[0\] .* Take it out/,
      wrong: [{ ...notes, exclude: ["/api", "/api/v1"] }],
      right: [[{ ...notes, exclude: ["/api"] }]],
    },
    {
      said: /Associate it with viewer-request/,
      wrong: [notes, { eventType: "origin-request" }],
      right: [[notes, { eventType: "viewer-request" }]],
    },
    {
      said: /Set the default root object, add the route "\/", or give siteFiles/,
      wrong: [{ routes: ["/notes"] }, { defaultRootObject: "" }],
      right: [
        [{ routes: ["/notes"] }, { defaultRootObject: "index.html" }],
        [{ routes: ["/notes", "/"] }, { defaultRootObject: "" }],
        [{ routes: ["/notes"], siteFiles: ["index.html"] }, { defaultRootObject: "" }],
      ],
    },
    {
      said: /Remove it: spa-rewrite serves the pages/,
      wrong: [notes, { customErrorResponses: [{ errorCode: 404, responseCode: 200 }] }],
      right: [[notes, { customErrorResponses: [] }]],
    },
    {
      said: /Take them out of the cache key/,
      wrong: [notes, { cacheKeyHeaders: ["Sec-Fetch-Dest"] }],
      right: [[notes, { cacheKeyHeaders: [] }]],
    },
  ])("$said", ({ said, wrong, right }) => {
    const follow = ([options, surroundings]: (typeof right)[number]) =>
      messages(compileSpaRewrite(options), surroundings);
    expect(follow(wrong)).toEqual([expect.stringMatching(said)]);
    for (const each of right) expect(follow(each)).toEqual([]);
  });
});
