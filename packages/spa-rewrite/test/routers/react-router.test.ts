import { matchRoutes, type RouteObject } from "react-router";
import { describe, it } from "vitest";
import { expectAgreement } from "./agreement.ts";

const trees: Readonly<Record<string, RouteObject[]>> = {
  "layouts without a path, index routes, a parent that is a page": [
    {
      id: "root",
      path: "/",
      children: [
        { id: "home", index: true },
        { id: "layout", children: [{ id: "about", path: "about" }, { id: "empty" }] },
        {
          id: "notes",
          path: "notes",
          children: [
            { id: "note", path: ":note-id" },
            { id: "edit", path: ":note-id/edit" },
          ],
        },
      ],
    },
  ],
  "optional segments and parameters": [
    { id: "a", path: ":lang?/about" },
    { id: "b", path: "/notes/:id/edit?" },
    { id: "c", path: "files/:a?/:b?" },
  ],
  "splats below a path": [
    { id: "a", path: "files/*" },
    { id: "b", path: "de", children: [{ id: "c", path: "*" }] },
    { id: "d", path: "people/*" },
  ],
  "absolute children, and what is text": [
    { id: "a", path: "/people", children: [{ id: "b", path: "/people/:id" }] },
    { id: "c", path: "x-y/(1)" },
    { id: "d", path: "caf\u00e9/:team.json" },
    { id: "e", path: "user-:id" },
  ],
  "what is wholly optional": [
    { id: "a", path: ":lang?/:page?" },
    { id: "b", path: "de?" },
  ],
  "an index route in a layout": [
    { id: "l", path: "notes", children: [{ id: "m", children: [{ id: "n", index: true }] }] },
  ],
};

describe("routes of React Router are read as it matches them", () => {
  it.each(Object.entries(trees))("%s", (_, routes) => {
    expectAgreement(
      JSON.stringify(routes),
      (path) => matchRoutes(routes, encodeURI(path)) !== null,
    );
  });
});
