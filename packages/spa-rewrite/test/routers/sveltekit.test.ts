import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseRoutesFile } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { expectAgreement } from "./agreement.ts";

interface Routing {
  parse_route_id(id: string): { readonly pattern: RegExp; readonly params: readonly unknown[] };
  exec(match: RegExpMatchArray, params: readonly unknown[], matchers: object): object | undefined;
}
// It is no export, but what SvelteKit itself matches with.
const require = createRequire(import.meta.url);
const kit = dirname(require.resolve("@sveltejs/kit/package.json"));
const file = join(kit, "src/utils/routing.js");
const { parse_route_id: parseRouteId, exec } = (await import(file)) as Routing;

const matchers = { integer: "\\d+", lang: "de|en" };
/** SvelteKit's matchers are code. */
const matcherCode = Object.fromEntries(
  Object.entries(matchers).map(([name, regex]) => {
    const validate = (value: string) =>
      new RegExp(`^(?:${regex})$`).test(value) ? { value } : { issues: [{ message: "no" }] };
    return [name, { "~standard": { validate } }];
  }),
);

const sites: Readonly<Record<string, readonly string[]>> = {
  groups: ["/", "/(app)/notes/[id]", "/(app)/(inner)/about", "/(marketing)/people"],
  "optional parameters": ["/[[lang]]/about", "/notes/[[page]]"],
  "what is wholly optional": ["/[[lang=lang]]/[[page=integer]]"],
  matchers: ["/notes/[id=integer]", "/[[lang=lang]]/about", "/people/user-[id=integer]"],
  "rest parameters": ["/files/[...path]", "/(app)/people/[...rest]/edit"],
  "mixed segments and escapes": [
    "/user-[id]",
    "/[name].json",
    "/x[x+2d]y/[id]",
    "/caf[u+00e9]/[id]",
  ],
  "names with hyphens": ["/notes/[note-id]/[note_id]", "/(app)/x-y"],
};

describe("route ids of SvelteKit are read as it matches them", () => {
  it.each(Object.entries(sites))("%s", (_, ids) => {
    const routes = ids.map(parseRouteId);
    const matches = (path: string): boolean =>
      routes.some(({ pattern, params }) => {
        const match = pattern.exec(path);
        return match !== null && exec(match, params, matcherCode) !== undefined;
      });
    expectAgreement(JSON.stringify(["/(none)/nowhere", ...ids]), matches, { matchers });
    const manifest = ids.map((id, index) => ({
      id,
      params: [],
      page: { leaf: index },
      endpoint: null,
    }));
    const endpoint = { id: "/2026", params: [], page: null, endpoint: {} };
    expectAgreement(JSON.stringify({ routes: [...manifest, endpoint] }), matches, { matchers });
  });

  it("a matcher whose code is not there is refused by its name, and a regular expression helps", () => {
    const text = '["/archive/[page=integer]"]';
    expect(() => parseRoutesFile(text)).toThrow(
      'The file of routes has a matcher whose code is not in it: got "[page=integer]" in "/archive/[page=integer]". Give what it takes as a regular expression: parseRoutesFile(text, { matchers: { integer: "\\\\d+" } }).',
    );
    expect(parseRoutesFile(text, { matchers })).toEqual(["/archive/:page(\\d+)"]);
  });
});
