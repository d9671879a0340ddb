import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { createMemoryHistory, createRouter, type RouteRecordRaw } from "vue-router";
import { expectAgreement } from "./agreement.ts";

const trees: Readonly<Record<string, object[]>> = {
  aliases: [
    { path: "/notes", alias: "/notizen" },
    {
      path: "/people",
      alias: ["/user-7", "/abc"],
      children: [
        { path: ":id(\\d+)", alias: ["x-y", "/about"] },
        { path: "", alias: "de" },
      ],
    },
  ],
  "regular expressions": [
    { path: "/notes/:id(\\d+)" },
    { path: "/files/:slug([a-z-]+)" },
    { path: "/:lang(de|en)?/about" },
    { path: "/user-:id(\\d+)" },
  ],
  "repeated and optional parameters": [
    { path: "/files/:path+" },
    { path: "/notes/:chapters*", meta: {} },
    { path: "/people/:id?" },
    { path: "/2026/:n(\\d+)+" },
  ],
  "nested catch-alls": [
    { path: "/files/:rest(.*)*" },
    { path: "/notes", children: [{ path: ":rest(.*)" }] },
    { path: "/:pathMatch(.*)*", isCatchAll: true },
  ],
  "text, and a name before text": [
    { path: "/x-y/caf%C3%A9", name: "a", meta: {} },
    { path: "/:team.json", meta: {} },
    { path: "/people/:first-:last(\\d)", meta: {} },
    { path: "/files\\:1", meta: {} },
  ],
  "what is wholly optional": [{ path: "/:lang(de|en)?/:page(\\d+)?", meta: {} }],
  redirects: [{ path: "/abc", redirect: "/notes" }, { path: "/notes" }],
};

describe("routes of Vue Router are read as it matches them", () => {
  // It warns of each of thousands of paths that have no route.
  beforeAll(() => void vi.spyOn(console, "warn").mockReturnValue());
  afterAll(() => vi.restoreAllMocks());

  it.each(Object.entries(trees))("%s", (_, routes) => {
    const kept = routes.filter((route) => !("isCatchAll" in route));
    const router = createRouter({
      history: createMemoryHistory(),
      routes: kept.map(withComponent),
    });
    expectAgreement(
      JSON.stringify(routes),
      (path) => router.resolve(encodeURI(path)).matched.length > 0,
    );
  });
});

/** A route is a page where it has a component, which JSON does not show. */
function withComponent(route: object): RouteRecordRaw {
  const { children = [], ...rest } = route as { children?: object[] };
  const isRedirect = "redirect" in route;
  return {
    ...rest,
    ...(!isRedirect && { component: {} }),
    children: children.map(withComponent),
  } as unknown as RouteRecordRaw;
}
