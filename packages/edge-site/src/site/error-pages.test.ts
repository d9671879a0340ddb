import { describe, expect, it } from "vitest";
import { errorPagesOf, type ErrorPageSettings } from "./error-pages.ts";

const none: ErrorPageSettings = { notFoundPage: undefined, errorPages: [], behaviors: [] };
const api = { pathPattern: "/api/*", origin: "https://api.example.com" };
const files = ["404.html", "about/a b.html", "index.html"];

describe("the page for what is not found", () => {
  it("is the site's own 404.html, else its document", () => {
    expect(errorPagesOf(none, files)).toEqual([{ status: 404, page: "/404.html" }]);
    expect(errorPagesOf(none, ["index.html"])).toEqual([{ status: 404, page: "/index.html" }]);
  });

  it("is the one that is named, or none", () => {
    const page = "/about/a%20b.html";
    const named = errorPagesOf({ ...none, notFoundPage: page }, files);
    expect(named).toEqual([{ status: 404, page }]);
    expect(errorPagesOf({ ...none, notFoundPage: false }, files)).toEqual([]);
  });

  it("is none of itself where an API has 404s of its own", () => {
    expect(errorPagesOf({ ...none, behaviors: [api] }, files)).toEqual([]);
    const asked = errorPagesOf({ ...none, behaviors: [api], notFoundPage: "/404.html" }, files);
    expect(asked).toEqual([{ status: 404, page: "/404.html" }]);
    const site = { pathPattern: "/docs/*", origin: "site" };
    expect(errorPagesOf({ ...none, behaviors: [site] }, files)).toHaveLength(1);
  });

  it("is that of errorPages where they have one", () => {
    const errorPages = [{ status: 404, page: "/index.html", responseStatus: 200 }];
    expect(errorPagesOf({ ...none, errorPages }, files)).toEqual(errorPages);
  });
});

it.each([
  [
    { notFoundPage: "/40.html" },
    'notFoundPage is no file of the site: got "/40.html". Did you mean "/404.html"?',
  ],
  [
    { errorPages: [{ status: 500, page: "/oops" }] },
    'errorPages[0].page is no file of the site: got "/oops". Build it, or name a page that the site has.',
  ],
])("a page that is no file of the site is refused: %j", (changes, message) => {
  expect(() => errorPagesOf({ ...none, ...changes }, files)).toThrow(message);
});
