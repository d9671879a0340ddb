import { compileSecretRedirect, type RedirectRule } from "secret-redirect";
import { compileSpaRewrite, type SpaRewriteOptions } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { type SiteChanges, SiteInFolder, type SiteRequest } from "./site-in-folder.ts";

const rewrite = (options: SpaRewriteOptions) => ({
  package: "spa-rewrite",
  config: compileSpaRewrite(options),
});
const redirects = (
  rules: readonly RedirectRule[],
  options: { readonly eventType?: "viewer-request"; readonly hostHeader?: string } = {},
) => ({
  package: "secret-redirect",
  config: compileSecretRedirect({ ...options, rules: rules.map(withoutQuery) }),
});
const withoutQuery = (rule: RedirectRule): RedirectRule => ({ query: "drop", ...rule });

const away = "https://elsewhere.example/";
const old = (from: string, changes: Partial<RedirectRule> = {}) => ({ from, to: away, ...changes });
const onViewerRequest = { eventType: "viewer-request" } as const;

/** What is wrong, what synth says of it, and each of its remedies, which leaves nothing to say. */
interface Mistake {
  readonly name: string;
  readonly wrong: SiteChanges;
  readonly message: RegExp;
  readonly remedies: readonly {
    readonly right: SiteChanges;
    /** What then shows that the rule works. */
    readonly request?: SiteRequest;
    readonly answer?: string;
  }[];
}

const inFallback = (rule: RedirectRule, options: SpaRewriteOptions = {}) => ({
  functions: [rewrite({ mode: "fallback", ...options }), redirects([rule])],
});
const alone = (...rule: Parameters<typeof redirects>) => ({ functions: [redirects(...rule)] });
const hasDefaults = ["/api", "/.well-known"];

const mistakes: readonly Mistake[] = [
  {
    name: "a rule behind the fallback",
    wrong: inFallback(old("/old")),
    message: /"\/old" never fires: spa-rewrite \(mode\) rewrites .* name the path in exclude there/,
    remedies: [
      {
        right: inFallback(old("/old"), { exclude: [...hasDefaults, "/old"] }),
        request: "/old",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a secret path behind the fallback",
    wrong: {
      functions: [
        rewrite({ mode: "fallback" }),
        { package: "secret-redirect", config: compileSecretRedirect({ location: away }) },
      ],
    },
    message: /"\/secret" never fires/,
    remedies: [
      {
        right: {
          functions: [
            rewrite({ mode: "fallback", exclude: ["/secret"] }),
            { package: "secret-redirect", config: compileSecretRedirect({ location: away }) },
          ],
        },
        request: "/secret",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule on a listed route",
    wrong: { functions: [rewrite({ routes: ["/notes/:id"] }), redirects([old("/notes/1")])] },
    message: /"\/notes\/1" never fires: spa-rewrite \(routes\[0\]\) rewrites/,
    remedies: [
      {
        right: {
          functions: [
            rewrite({ routes: ["/notes/:id"], exclude: ["/notes/1"] }),
            redirects([old("/notes/1")]),
          ],
        },
        request: "/notes/1",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule on some of a route's paths",
    wrong: {
      functions: [rewrite({ routes: ["/notes/:id(\\d+)"] }), redirects([old("/notes/:name")])],
    },
    message: /"\/notes\/:name" does not fire for "\/notes\/1"/,
    remedies: [],
  },
  {
    name: "a rule on a page of the build",
    wrong: inFallback(old("/about/")),
    message:
      /"\/about\/" never fires: spa-rewrite \(siteFiles\) rewrites .* to "\/about\/index.html"/,
    remedies: [
      {
        right: inFallback(old("/about/"), { exclude: ["/about"] }),
        request: "/about/",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule under the hashed assets",
    wrong: alone([old("/assets/old.js")]),
    message: /"\/assets\/old.js" never fires: .* Add that to the function's pathPatterns/,
    remedies: [
      {
        right: {
          functions: [{ ...redirects([old("/assets/old.js")]), pathPatterns: ["*", "/assets/*"] }],
        },
        request: "/assets/old.js",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule for the root",
    wrong: alone([old("/")]),
    message: /"\/" never fires: the default root object/,
    remedies: [{ right: alone([old("/")], onViewerRequest), request: "/", answer: `302 ${away}` }],
  },
  {
    name: "a rule that reads a query parameter",
    wrong: alone([old("/a", { conditions: { query: { id: "1" } } })]),
    message: /reads the query string id, which does not reach/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { query: { id: "1" } } })]),
          cacheKey: { queryStrings: "all" },
        },
        request: "/a?utm=x&id=1",
        answer: `302 ${away}`,
      },
      {
        right: alone([old("/a", { conditions: { query: { id: "1" } } })], onViewerRequest),
        request: "/a?utm=x&id=1",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule that captures a query parameter",
    wrong: alone([old("/a", { to: "/b/:id", conditions: { query: { id: ":id" } } })]),
    message: /reads the query string id/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { to: "/b/:id", conditions: { query: { id: ":id" } } })]),
          cacheKey: { queryStrings: "all" },
        },
        request: "/a?id=1",
        answer: "302 /b/1",
      },
    ],
  },
  {
    name: "a rule with a token",
    wrong: alone([old("/a", { token: { in: "query", name: "key", value: "0123456789" } })]),
    message: /reads the query string key/,
    remedies: [
      {
        right: alone(
          [old("/a", { token: { in: "query", name: "key", value: "0123456789" } })],
          onViewerRequest,
        ),
        request: "/a?key=0123456789",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule with a token on a cache behavior with a minimum TTL",
    wrong: {
      functions: [
        {
          ...redirects([
            old("/assets/a", { token: { in: "cookie", name: "key", value: "0123456789" } }),
          ]),
          pathPatterns: ["/assets/*"],
        },
      ],
    },
    message: /the cookie key, which does not reach/,
    remedies: [
      {
        right: {
          functions: [
            {
              ...redirects(
                [old("/assets/a", { token: { in: "cookie", name: "key", value: "0123456789" } })],
                onViewerRequest,
              ),
              pathPatterns: ["/assets/*"],
            },
          ],
        },
        request: { uri: "/assets/a", headers: { cookie: "key=0123456789" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule that passes the query string on",
    wrong: alone([old("/a", { query: "keep" })]),
    message: /passes the query string on, but on origin-request/,
    remedies: [
      { right: alone([old("/a", { query: "drop" })]), request: "/a?x=1", answer: `302 ${away}` },
      {
        right: alone([old("/a", { query: "keep" })], onViewerRequest),
        request: "/a?x=1",
        answer: `302 ${away}?x=1`,
      },
      {
        right: { ...alone([old("/a", { query: "keep" })]), cacheKey: { queryStrings: "all" } },
        request: "/a?x=1",
        answer: `302 ${away}?x=1`,
      },
    ],
  },
  {
    name: "a rule by host",
    wrong: alone([old("/a", { conditions: { host: "127.0.0.1" } })]),
    message: /reads the viewer's Host, which an S3 origin refuses/,
    remedies: [
      {
        right: alone(
          [old("/a", { conditions: { host: ["127.0.0.1", "localhost"] } })],
          onViewerRequest,
        ),
        request: "/a",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule by country",
    wrong: alone([old("/a", { conditions: { country: "DE" } })]),
    message: /cacheKey: \{ headers: \["cloudfront-viewer-country"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { country: ["DE", "US"] } })]),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
    ],
  },
  {
    name: "a rule by country on viewer-request",
    wrong: alone([old("/a", { conditions: { country: "DE" } })], onViewerRequest),
    message:
      /adds after viewer-request. Leave eventType out, and put that header into the cache key/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { country: "DE" } })]),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
    ],
  },
  {
    name: "a rule by cookie",
    wrong: alone([old("/a", { conditions: { cookie: { beta: true } } })]),
    message: /cacheKey: \{ cookies: \["beta"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { cookie: { beta: true } } })]),
          cacheKey: { cookies: ["beta"] },
        },
        request: { uri: "/a", headers: { cookie: "beta=1" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule by language",
    wrong: alone([old("/a", { conditions: { language: "de" } })]),
    message: /cacheKey: \{ headers: \["accept-language"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { language: "de" } })]),
          cacheKey: { headers: ["accept-language"] },
        },
        request: { uri: "/a", headers: { "accept-language": "de-AT" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule for GET without HEAD",
    wrong: alone([old("/a", { conditions: { method: "GET" } })]),
    message: /Name both or none of them/,
    remedies: [
      {
        right: alone([old("/a", { conditions: { method: ["GET", "HEAD"] } })]),
        request: "/a",
        answer: `302 ${away}`,
      },
      { right: alone([old("/a")]), request: "/a", answer: `302 ${away}` },
    ],
  },
  {
    name: "a loop",
    wrong: alone([{ from: "/a/*", to: "/a/:splat" }]),
    message: /leads in a circle: .* let it lead elsewhere/,
    remedies: [
      { right: alone([{ from: "/a/*", to: "/b/:splat" }]), request: "/a/x", answer: "302 /b/x" },
    ],
  },
  {
    name: "a chain",
    wrong: alone([{ from: "/a", to: "/b" }, old("/b")]),
    message: /redirects again: .* Let it lead where rule 1 "\/b" does/,
    remedies: [{ right: alone([old("/a"), old("/b")]), request: "/a", answer: `302 ${away}` }],
  },
  {
    name: "a target that the site does not have",
    wrong: alone([{ from: "/a", to: "/gone" }]),
    message: /leads to "\/gone", which the site does not have. Add the page, or name another/,
    remedies: [
      { right: alone([{ from: "/a", to: "/about/" }]), request: "/a", answer: "302 /about/" },
      {
        right: {
          functions: [rewrite({ routes: ["/gone"] }), redirects([{ from: "/a", to: "/gone" }])],
        },
        request: "/a",
        answer: "302 /gone",
      },
    ],
  },
  {
    name: "a rule that hides a file",
    wrong: alone([old("/LICENSE")]),
    message: /hides a file of the site: .* Take the file or the rule out/,
    remedies: [
      { right: { ...alone([old("/LICENSE")]), siteFiles: { exclude: ["LICENSE"] } } },
      { right: alone([old("/a")]), request: "/LICENSE", answer: "200 LICENSE" },
    ],
  },
  {
    name: "the same rule twice",
    wrong: alone([old("/a"), old("/a/")]),
    message: /has the same from, .* Take one of them out/,
    remedies: [{ right: alone([old("/a")]), request: "/a/", answer: `302 ${away}` }],
  },
  {
    name: "a rule behind a broader one",
    wrong: alone([old("/a/*"), { from: "/a/b", to: "/about/" }]),
    message: /takes all that "\/a\/b" matches. Put it before that rule/,
    remedies: [
      {
        right: alone([{ from: "/a/b", to: "/about/" }, old("/a/*")]),
        request: "/a/b",
        answer: "302 /about/",
      },
    ],
  },
  {
    name: "a rule whose time is over",
    wrong: alone([
      old("/a", { conditions: { time: { until: "2020-01-01T00:00:00Z" } } }),
      old("/b"),
    ]),
    message: /is over: .* Take it out/,
    remedies: [{ right: alone([old("/b")]), request: "/b", answer: `302 ${away}` }],
  },
  {
    name: "a document that the site does not have",
    wrong: { functions: [rewrite({ mode: "fallback", document: "/app.html" })] },
    message: /document names a file that the site does not have: got "\/app.html"/,
    remedies: [
      {
        right: { functions: [rewrite({ mode: "fallback", document: "/index.html" })] },
        request: "/x",
        answer: "200 index.html",
      },
    ],
  },
];

const files = ["about/index.html", "LICENSE", "feed", "docs/guide.html", "assets/app.js"];

describe("what synth says of redirects and routes is followed, and is said no more", () => {
  it.each(mistakes)("$name", async ({ wrong, message, remedies }) => {
    using site = new SiteInFolder(files);
    expect(site.messages(wrong)).toEqual(
      expect.arrayContaining([expect.stringMatching(message) as unknown]),
    );
    for (const { right, request, answer } of remedies) {
      expect(site.messages(right)).toEqual([]);
      if (request === undefined) continue;
      expect(await site.answers(right, [request])).toEqual([answer]);
    }
  });
});

describe("a site with an app, redirects and files", () => {
  it("is told the truth: what is said never to fire is answered with the app", async () => {
    using site = new SiteInFolder(files);
    const routes = rewrite({ routes: ["/notes/:id(\\d+)"] });
    const changes = { functions: [routes, redirects([old("/notes/:name")])] };
    expect(await site.answers(changes, ["/notes/1", "/notes/x"])).toEqual([
      "200 index.html",
      `302 ${away}`,
    ]);
  });

  it.each([{ mode: "fallback" }, { routes: ["/docs/*", "/LICENSE", "/feed", "/about"] }] as const)(
    "serves its own files under %j",
    async (options) => {
      using site = new SiteInFolder(files);
      const changes = { functions: [rewrite(options), redirects([old("/api/old")])] };
      expect(
        await site.answers(changes, [
          "/LICENSE",
          "/feed",
          "/about",
          "/docs/guide",
          "/docs/guide.html",
          "/docs/other",
          "/api/old",
          "/",
        ]),
      ).toEqual([
        "200 LICENSE",
        "200 feed",
        "200 about/index.html",
        "200 docs/guide.html",
        "200 docs/guide.html",
        "200 index.html",
        `302 ${away}`,
        "200 index.html",
      ]);
    },
  );

  it("lets the app have them where siteFiles is false", async () => {
    using site = new SiteInFolder(files);
    const changes = { functions: [rewrite({ mode: "fallback", siteFiles: false })] };
    expect(await site.answers(changes, ["/LICENSE", "/about/"])).toEqual([
      "200 index.html",
      "200 index.html",
    ]);
  });
});
