import { describe, expect, it } from "vitest";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";
import { compileSpaRewrite } from "./compile-spa-rewrite.ts";

const routes = ["/notes/:id"];
const route = (...given: readonly unknown[]) => ({ routes: given });
const withRoutes = (changes: object) => ({ routes, ...changes });
const manyPages = Array.from(
  { length: 20_000 },
  (_, index) => `articles/about/${index}/index.html`,
);

/** What is said, what it is said of, and what its remedies make of that. */
type Row = readonly [said: RegExp, wrong: unknown, ...right: readonly unknown[]];

const rows: readonly Row[] = [
  [/route is not an option: .* Did you mean routes\?/, { route: ["/a"] }, { routes: ["/a"] }],
  [/routes is not a list of routes: .* as in \["\/notes\/:id"\]/, {}, { routes }],
  [
    /routes stands beside the mode "fallback".* Leave it out, or choose the mode "routes"/,
    withRoutes({ mode: "fallback" }),
    { mode: "fallback" },
    withRoutes({ mode: "routes" }),
  ],
  [
    /mode is not valid: .* Allowed: "routes", "fallback"/,
    withRoutes({ mode: "spa" }),
    { mode: "fallback" },
  ],
  [
    /document is not a string: .* as in "\/index\.html"/,
    withRoutes({ document: 1 }),
    withRoutes({ document: "/index.html" }),
  ],
  [
    /document is not the path of a file: .* It starts with "\/"/,
    withRoutes({ document: "index.html?x" }),
    withRoutes({ document: "/index.html" }),
  ],
  [
    /document is not the path of a file: .* percent-encoded/,
    withRoutes({ document: "/a b.html" }),
    withRoutes({ document: "/a%20b.html" }),
  ],
  [
    /document names a file that siteFiles does not have: .* Did you mean \/index\.html\?/,
    withRoutes({ document: "/indx.html", siteFiles: ["index.html"] }),
    withRoutes({ document: "/index.html", siteFiles: ["index.html"] }),
  ],
  [
    /apps is not a list of apps: .* as in \[\{"prefix": "\/admin"\}\]/,
    withRoutes({ apps: {} }),
    withRoutes({ apps: [{ prefix: "/admin" }] }),
  ],
  [
    /apps\[0\]\.prefix is not a path in whole segments: .* As in "\/admin" or "\/admin\/\*"/,
    withRoutes({ apps: [{ prefix: "admin*" }] }),
    withRoutes({ apps: [{ prefix: "/admin" }] }),
    withRoutes({ apps: [{ prefix: "/admin/*" }] }),
  ],
  [
    /names a prefix twice: .* Give each app its own/,
    withRoutes({ apps: [{ prefix: "/a" }, { prefix: "/a" }] }),
    withRoutes({ apps: [{ prefix: "/a" }, { prefix: "/b" }] }),
  ],
  [
    /lies outside of the prefix "\/admin": .* Begin it with the prefix/,
    withRoutes({ apps: [{ prefix: "/admin", routes: ["/users"] }] }),
    withRoutes({ apps: [{ prefix: "/admin", routes: ["/admin/users"] }] }),
  ],
  [
    /apps\[0\]\.routes is not a list of routes/,
    withRoutes({ apps: [{ prefix: "/a", mode: "routes" }] }),
    withRoutes({ apps: [{ prefix: "/a", routes: ["/a/:id"] }] }),
  ],
  [
    /locales is not a list of strings: .* as in \["de", "pt-BR"\]/,
    withRoutes({ locales: "de" }),
    withRoutes({ locales: ["de", "pt-BR"] }),
  ],
  [
    /locales\[0\] is not one segment: .* As in "de" or "pt-BR"/,
    withRoutes({ locales: ["/de"] }),
    withRoutes({ locales: ["de"] }),
  ],
  [
    /dottedPaths is not a list of strings: .* as in \["\/users\/:name"\]/,
    withRoutes({ dottedPaths: "/u" }),
    withRoutes({ dottedPaths: ["/users/:name"] }),
  ],
  [
    /exclude is not a list of strings: .* as in \["\/api"\]/,
    withRoutes({ exclude: "/api" }),
    withRoutes({ exclude: ["/api"] }),
  ],
  [
    /siteFiles is not a list of strings: .* as in \["index\.html"\], or give true or false/,
    withRoutes({ siteFiles: "all" as never }),
    withRoutes({ siteFiles: ["index.html"] }),
    withRoutes({ siteFiles: false }),
  ],
  [
    /siteFiles has too many pages .* set cleanUrls to false, or leave files out/,
    { siteFiles: manyPages },
    { siteFiles: manyPages, cleanUrls: false },
    { siteFiles: manyPages.slice(0, 100) },
  ],
  [
    /pages is not an object: .* As in \{"\/about": "\/about\.html"\}/,
    withRoutes({ pages: [] }),
    withRoutes({ pages: { "/about": "/about.html" } }),
  ],
  [
    /A path of pages is not the path of a file/,
    withRoutes({ pages: { about: "/about.html" } }),
    withRoutes({ pages: { "/about": "/about.html" } }),
  ],
  [
    /pages\["\/about"\] is not the path of a file/,
    withRoutes({ pages: { "/about": "about.html" } }),
    withRoutes({ pages: { "/about": "/about.html" } }),
  ],
  [
    /trailingSlash is not valid: .* Allowed: "leave", "add", "remove"/,
    withRoutes({ trailingSlash: true }),
    withRoutes({ trailingSlash: "add" }),
  ],
  [
    /trailingSlashBy is not valid: .* Allowed: "redirect", "rewrite"/,
    withRoutes({ trailingSlashBy: "301" }),
    withRoutes({ trailingSlashBy: "rewrite" }),
  ],
  [
    /redirectStatus is not valid: .* Allowed: 301, 302, 307, 308/,
    withRoutes({ redirectStatus: 303 }),
    withRoutes({ redirectStatus: 308 }),
  ],
  [
    /logEvery is not a count: .* 0 for never, or a whole number/,
    withRoutes({ logEvery: 0.5 }),
    withRoutes({ logEvery: 0 }),
    withRoutes({ logEvery: 100 }),
  ],
  [/routes\[0\] is not a string: .* as in "\/notes\/:id"/, route(1), route("/notes/:id")],
  [/routes\[0\] does not start with "\/": .* Write "\/notes"/, route("notes"), route("/notes")],
  [
    /is not linear in the path.* as in "\/:from\(\\\\d\+\)-:to\(\\\\d\+\)"/,
    route("/:a-:b"),
    route("/:from(\\d+)-:to(\\d+)"),
  ],
  [/"\(" is not closed/, route("/:a(\\d+"), route("/:a(\\d+)")],
  [/A "\{" is not closed by "\}"/, route("/{a"), route("/{a}")],
  [/where nothing can be closed or repeated/, route("/+"), route("/\\+")],
  [/write "\\\\:" for the character itself/, route("/a:"), route("/a\\:")],
  [/It has the name ":id" twice; give each its own/, route("/:id/:id"), route("/:id/:other")],
  [
    /It has the segment "\.\.", which a URL resolves; write the path that it leads to/,
    route("/a/../b"),
    route("/b"),
  ],
  [/It has an empty segment; write one "\/"/, route("/a//b"), route("/a/b")],
  [/It has a "%" without two hexadecimal digits; write "%25"/, route("/100%"), route("/100%25")],
  [/It has "%c3", which matches nothing; write "%C3"/, route("/caf%c3%A9"), route("/caf%C3%A9")],
  [/It has "%61", which matches nothing; write "a"/, route("/%61"), route("/a")],
  [/It is empty/, route("/:a()"), route("/:a")],
  [/It is not a valid regular expression/, route("/:a([)"), route("/:a([x])")],
  [/with the flag v.* Write "\(\[a-z\\\\-\]\+\)"/, route("/:a([a-z-]+)"), route("/:a([a-z\\-]+)")],
  [/It repeats more than 100 times/, route("/:a(\\d{101})"), route("/:a(\\d{100})")],
  [
    /Not supported is what begins at .* a group cannot look around itself/,
    route("/:a((?=x).*)"),
    route("/:a(x.*)"),
  ],
  [
    /more than eight places where it can go on in two ways: .* Split it into several routes/,
    route("{/a}?{/b}?{/c}?{/d}?{/e}?{/f}?{/g}?{/h}?{/i}?{/j}?"),
    route("{/a}?{/b}?{/c}?{/d}?{/e}?", "{/f}?{/g}?{/h}?{/i}?{/j}?"),
  ],
  [
    /is too large once its counts are written out: .* Write "\+" or smaller numbers/,
    route("/:a((?:\\d{90}x){90})"),
    route("/:a((?:\\d+x)+)"),
    route("/:a((?:\\d{9}x){9})"),
  ],
];

describe("a remedy is followed, and the options are taken", () => {
  it.each(rows)("%s", (said, wrong, ...right) => {
    expect(() => compileSpaRewrite(wrong as never)).toThrow(SpaRewriteOptionsError);
    expect(() => compileSpaRewrite(wrong as never)).toThrow(said);
    expect(right.length).toBeGreaterThan(0);
    for (const each of right) expect(() => compileSpaRewrite(each as never)).not.toThrow();
  });
});
