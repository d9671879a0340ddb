import { describe, expect, it } from "vitest";
import { parseRoutesFile } from "./parse-routes-file.ts";
import { routePattern } from "../routes/route-pattern.ts";

describe("parseRoutesFile", () => {
  it.each([
    [
      "lines",
      "# the app\n/about\n\n  /notes/:id \n{/:lang}?/x\n/about",
      ["/about", "/notes/:id", "{/:lang}?/x"],
    ],
    ["a list", '["/about", "/notes/:id", "*"]', ["/about", "/notes/:id"]],
    ["an object with a list", '{"routes": ["/about"]}', ["/about"]],
    [
      "prerendered-routes.json of Angular",
      '{"routes": {"/": {}, "/about": {"headers": {}}}}',
      ["/", "/about"],
    ],
    [
      "the routes of React Router",
      JSON.stringify([
        {
          id: "root",
          path: "",
          children: [
            { id: "home", index: true },
            { id: "layout", children: [{ path: "about" }] },
            { path: "notes", children: [{ index: true }, { path: ":id" }, { path: ":id/edit?" }] },
            { path: "docs/*" },
            { path: ":lang?/help" },
            { path: "*" },
          ],
        },
      ]),
      ["/", "/about", "/notes", "/notes/:id", "/notes/:id{/edit}?", "/docs{/*}?", "/:lang?/help"],
    ],
    [
      "the routes of Vue Router",
      JSON.stringify([
        { path: "/", children: [{ path: "" }, { path: "users/:id(\\d+)" }] },
        { path: "/files/:path+" },
        { path: "/:pathMatch(.*)*" },
      ]),
      ["/", "/users/:id(\\d+)", "/files/:path+"],
    ],
    [
      "a name amid a segment, as Vue Router has it",
      '[{"path": "/users/u-:id", "name": "user"}, {"path": "/about"}]',
      ["/users/u-:id", "/about"],
    ],
    [
      "the routes of Angular",
      JSON.stringify([
        { path: "", pathMatch: "full", redirectTo: "home" },
        { path: "home" },
        { path: "notes", children: [{ path: ":note-id" }, { path: ":id/print" }, { path: "**" }] },
        { path: "help", outlet: "popup" },
        { path: "**" },
      ]),
      ["/", "/home", "/notes", "/notes/:note_id", "/notes/:id/print", "/notes{/*}?"],
    ],
    [
      "routes-manifest.json of Next.js",
      '{"version": 3, "staticRoutes": [{"page": "/"}], "dynamicRoutes": [{"page": "/notes/[id]", "regex": "^"}, {"page": "/docs/[[...slug]]"}, {"page": "/a/[...b]"}]}',
      ["/", "/notes/:id", "/docs/:slug*", "/a/:b+"],
    ],
    [
      "the pages of routes-manifest.json of Next.js, below its base path",
      JSON.stringify({
        basePath: "/shop",
        staticRoutes: ["/", "/about", "/_not-found", "/api/health", "/favicon.ico"].map((page) => ({
          page,
        })),
        dynamicRoutes: ["/notes/[note-id]", "/api/[...all]", "/feed/(.)photo/[id]"].map((page) => ({
          page,
        })),
      }),
      ["/shop", "/shop/about", "/shop/notes/:note_id"],
    ],
    [
      "prerender-manifest.json of Next.js",
      JSON.stringify({
        version: 4,
        routes: { "/": {}, "/notes/1": {}, "/robots.txt": {}, "/_global-error": {} },
        dynamicRoutes: { "/notes/[id]": {} },
      }),
      ["/", "/notes/1", "/notes/:id"],
    ],
    [
      "app-path-routes-manifest.json of Next.js",
      JSON.stringify({
        "/_not-found/page": "/_not-found",
        "/(shop)/cart/[id]/page": "/cart/[id]",
        "/api/health/route": "/api/health",
        "/page": "/",
        "/robots.txt/route": "/robots.txt",
      }),
      ["/cart/:id", "/"],
    ],
    [
      "pages-manifest.json of Next.js",
      JSON.stringify({
        "/_app": "pages/_app.js",
        "/api/x": "pages/api/x.js",
        "/about": "pages/about.html",
        "/docs/[[...slug]]": "pages/docs/[[...slug]].js",
      }),
      ["/about", "/docs/:slug*"],
    ],
    [
      "pathless and un-nested routes of TanStack Router without parameters",
      '["/_layout/about", "/posts_/edit", "/help"]',
      ["/about", "/posts/edit", "/help"],
    ],
    [
      "the manifest of Astro's server build",
      JSON.stringify({
        routes: [
          { route: "/_image", type: "endpoint", pattern: "^\\/_image$", origin: "internal" },
          { route: "/", type: "page", pattern: "^\\/$", origin: "project" },
          { route: "/404", type: "page", pattern: "^\\/404$", origin: "project" },
          { route: "/blog/[post-slug]", type: "page", pattern: "^\\/blog\\/([^/]+?)$" },
          { route: "/docs/[...path]", type: "page", pattern: "^\\/docs(?:\\/(.*?))?$" },
          { route: "/api/fixture/[id]", type: "endpoint", pattern: "^\\/api" },
          { route: "/old", type: "redirect", pattern: "^\\/old$" },
        ].map((routeData) => ({ file: "", links: [], scripts: [], styles: [], routeData })),
      }),
      ["/", "/blog/:post_slug", "/docs/:path*"],
    ],
    [
      "the routes of Astro's hook",
      JSON.stringify([
        { pattern: "/about", type: "page", origin: "project", isPrerendered: true },
        { pattern: "/[lang]/[...path]", type: "page", origin: "project" },
        { pattern: "/feed.xml", type: "endpoint", origin: "project" },
      ]),
      ["/about", "/:lang/:path*"],
    ],
    [
      "the paths of TanStack Router",
      '["/posts/$postId", "/files/$"]',
      ["/posts/:postId", "/files{/*}?"],
    ],
    [
      "the folders of SvelteKit",
      '["/blog/[slug]", "/[[lang]]/about"]',
      ["/blog/:slug", "/:lang?/about"],
    ],
  ])("reads %s", (_name, text, expected) => {
    expect(parseRoutesFile(text)).toEqual(expected);
    for (const route of expected) expect(() => routePattern(route, "route")).not.toThrow();
  });

  it.each([
    ["", "The file of routes has no routes. Build the app first."],
    ["[]", "The file of routes has no routes. Build the app first."],
    [
      "/a\nb",
      'The file of routes has a line 2 that is not a route: got "b". Begin each route with "/".',
    ],
    [
      '{"pages": []}',
      'The file of routes has no routes: got the keys ["pages"]. Known are a list, {"routes": \u2026}, and {"staticRoutes": \u2026, "dynamicRoutes": \u2026}.',
    ],
    ["[1]", "The file of routes has something else than a route: got 1. Give paths."],
    ['[{"path": 1}]', "The file of routes has a path that is not a string: got 1. Give a path."],
    ['["/a"', "The file of routes is not JSON. Emit it again."],
    [
      '[{"path": "/notes/:note-id"}]',
      'The file of routes has a parameter that routers read differently: got ":note-id" in "/notes/:note-id". Name it without a hyphen: ":noteId".',
    ],
    [
      '["/(app)/[a b]"]',
      'The file of routes has brackets that are no parameter: got "[a b]" in "/(app)/[a b]". Write a name, as in "[id]", "[...rest]" or "[[lang]]".',
    ],
    [
      '[{"path": "/x/:id([)", "meta": {}}]',
      'The file of routes has a regular expression that is not valid: got "[" in "/x/:id([)". Mend it in the router.',
    ],
    [
      '["/(app)/[id=integer]"]',
      'The file of routes has a matcher whose code is not in it: got "[id=integer]" in "/(app)/[id=integer]". Give what it takes as a regular expression: parseRoutesFile(text, { matchers: { integer: "\\\\d+" } }).',
    ],
  ])("refuses %j", (text, message) => {
    expect(() => parseRoutesFile(text)).toThrow(
      expect.objectContaining({ code: "INVALID_ROUTES_FILE", message }),
    );
  });
});

describe("a remedy of parseRoutesFile is followed, and the file is read", () => {
  it.each<[wrong: string, right: string, expected: readonly string[], matchers?: object]>([
    ["", "/a", ["/a"]],
    ["/a\nb", "/a\n/b", ["/a", "/b"]],
    ['{"pages": []}', '{"routes": ["/a"]}', ["/a"]],
    ['{"pages": []}', '{"staticRoutes": [{"page": "/a"}], "dynamicRoutes": []}', ["/a"]],
    ["[1]", '["/a"]', ["/a"]],
    ['[{"path": 1}]', '[{"path": "a"}]', ["/a"]],
    ['["/a"', '["/a"]', ["/a"]],
    ['[{"path": "/n/:note-id"}]', '[{"path": "/n/:noteId"}]', ["/n/:noteId"]],
    ['["/(app)/[a b]"]', '["/(app)/[id]"]', ["/:id"]],
    ['["/(app)/[id=int]"]', '["/(app)/[id=int]"]', ["/:id(\\d+)"], { int: "\\d+" }],
    ['[{"path": "/:id([)", "meta": 1}]', '[{"path": "/:id([a])", "meta": 1}]', ["/:id([a])"]],
  ])("%j becomes %j", (wrong, right, expected, matchers = {}) => {
    expect(() => parseRoutesFile(wrong)).toThrow(/^The file of routes /);
    expect(parseRoutesFile(right, { matchers: { ...matchers } })).toEqual(expected);
  });
});
