import type { EventHeaders } from "cf-types";
import { viewerRequestEvent, viewerResponseEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileLocale } from "../compile/compile-locale.ts";
import type { LocaleOptions } from "../compile/locale-options.ts";
import { createLocale } from "./locale.ts";

interface Asked {
  readonly uri: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function lines(headers: Readonly<Record<string, string>>): EventHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
  );
}

/** Returns `302 LOCATION`, or the uri with the Accept-Language that goes on. */
async function answer(options: Partial<LocaleOptions>, asked: string | Asked): Promise<string> {
  const {
    uri,
    method = "GET",
    headers = {},
  }: Asked = typeof asked === "string" ? { uri: asked } : asked;
  const [path = "", querystring = ""] = uri.split("?");
  const handler = createLocale(compileLocale({ locales: ["en", "de", "pt-BR"], ...options }));
  const result = await handler(
    viewerRequestEvent({ uri: path, querystring, method, headers: lines(headers) }),
  );
  if ("uri" in result) {
    const language = result.headers["accept-language"]?.[0]?.value ?? "-";
    return `${result.uri} ${language}`;
  }
  return `${result.status} ${result.headers?.["location"]?.[0]?.value}`;
}

const german = { "Accept-Language": "de-CH,fr;q=0.3" };
const inGerman = (uri: string, headers = {}): Asked => ({
  uri,
  headers: { ...german, ...headers },
});
const bot = { "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" };

describe("redirect", () => {
  it.each<[asked: string | Asked, expected: string]>([
    [inGerman("/"), "302 /de/"],
    [inGerman("/about?a=1&b="), "302 /de/about?a=1&b="],
    [inGerman("/about.html"), "302 /de/about.html"],
    ["/about", "302 /en/about"],
    [{ uri: "/", headers: { "Accept-Language": "fr" } }, "302 /en/"],
    [inGerman("/", { Cookie: "a=1; locale=pt-br" }), "302 /pt-BR/"],
    [inGerman("/", { Cookie: "locale=fr" }), "302 /de/"],
    [inGerman("/", { Cookie: "locale=%" }), "302 /de/"],
    [inGerman("/en/about", { Cookie: "locale=de" }), "/en/about en"],
    [inGerman("/en"), "/en en"],
    [inGerman("/england"), "302 /de/england"],
    [inGerman("/EN/about?x"), "302 /en/about?x"],
    [inGerman("/logo.svg"), "/logo.svg de-CH,fr;q=0.3"],
    [inGerman("/api/x"), "/api/x de-CH,fr;q=0.3"],
    [inGerman("//evil.example/x"), "302 /de//evil.example/x"],
    [inGerman("/\\evil"), "302 /de/\\evil"],
    [inGerman("/caf\u00e9 x"), "/de/caf\u00e9 x de"],
    [{ ...inGerman("/"), method: "POST" }, "/ de-CH,fr;q=0.3"],
    [{ ...inGerman("/"), method: "HEAD" }, "302 /de/"],
    [{ ...inGerman("/DE/x"), method: "POST" }, "/de/x de"],
    [inGerman("/x", { Accept: "application/json" }), "/x de-CH,fr;q=0.3"],
    [inGerman("/x", { "Sec-Fetch-Dest": "image", Accept: "image/*" }), "/x de-CH,fr;q=0.3"],
    [inGerman("/about", bot), "/en/about en"],
    [inGerman("/de/about", bot), "/de/about de"],
  ])("of %j is %s", async (asked, expected) => {
    expect(await answer({}, asked)).toBe(expected);
  });

  it("is for one viewer, and says what it depends on", async () => {
    const handler = createLocale(compileLocale({ locales: ["en", "de"] }));
    expect(await handler(viewerRequestEvent({ headers: lines(german) }))).toEqual({
      status: "302",
      headers: {
        "cache-control": [{ key: "Cache-Control", value: "private, no-store" }],
        vary: [{ key: "Vary", value: "Accept-Language, Cookie" }],
        location: [{ key: "Location", value: "/de/" }],
      },
    });
  });

  it.each<[asked: string | Asked, expected: string]>([
    ["/about", "/about en"],
    [inGerman("/about"), "302 /de/about"],
    [inGerman("/de/about"), "/de/about de"],
  ])("is not for the default locale without a prefix: %j, %s", async (asked, expected) => {
    expect(await answer({ paths: { en: "" } }, asked)).toBe(expected);
  });

  it.each<[xDefault: string, asked: string | Asked, expected: string]>([
    ["/int", "/about", "/int/about -"],
    ["/int", inGerman("/about"), "302 /de/about"],
    ["/int", inGerman("/int/about"), "/int/about -"],
    ["/int", inGerman("/INT/about"), "302 /int/about"],
    ["/int", inGerman("/about", bot), "/int/about -"],
    ["", "/about", "/about -"],
    ["", inGerman("/about"), "302 /de/about"],
  ])(
    "is not for who names no language, with xDefault %j: %j, %s",
    async (xDefault, asked, expected) => {
      expect(await answer({ xDefault }, asked)).toBe(expected);
    },
  );

  it("has the status and the cookie of the options", async () => {
    const options = { redirectStatus: 307, cookie: "lang", bots: [], exclude: ["/x*"] } as const;
    expect(await answer(options, inGerman("/", { Cookie: "locale=en; lang=pt-BR", ...bot }))).toBe(
      "307 /pt-BR/",
    );
    expect(await answer(options, inGerman("/x"))).toBe("/x de-CH,fr;q=0.3");
    expect(await answer({ cookie: false }, inGerman("/", { Cookie: "locale=en" }))).toBe(
      "302 /de/",
    );
  });
});

describe("rewrite", () => {
  it.each<[asked: string | Asked, expected: string]>([
    [inGerman("/about?a=1"), "/de/about de"],
    ["/about", "/en/about en"],
    [inGerman("/PT-br/about"), "/pt-BR/about pt-BR"],
    [inGerman("/de/about"), "/de/about de"],
    [inGerman("/logo.svg"), "/logo.svg de-CH,fr;q=0.3"],
  ])("of %j is %s", async (asked, expected) => {
    expect(await answer({ mode: "rewrite" }, asked)).toBe(expected);
  });
});

describe("header", () => {
  it.each<[asked: string | Asked, expected: string]>([
    [inGerman("/about"), "/about de"],
    [{ ...inGerman("/about"), method: "POST" }, "/about de"],
    [inGerman("/logo.svg"), "/logo.svg de"],
    [inGerman("/EN/about"), "/EN/about en"],
    ["/", "/ en"],
  ])("of %j is %s", async (asked, expected) => {
    expect(await answer({ mode: "header" }, asked)).toBe(expected);
  });

  it("CF-G-04: has one value for a hundred spellings", async () => {
    const spellings = Array.from({ length: 100 }, (_, index) => {
      const region = ["", "-DE", "-at", "-CH-1996"][index % 4];
      return `de${region};q=0.${index + 100}, fr;q=0.0${index % 10}, *;q=0.01`;
    });
    const answers = spellings.map(async (each) =>
      answer({ mode: "header" }, { uri: "/", headers: { "Accept-Language": each } }),
    );
    expect(new Set(await Promise.all(answers))).toEqual(new Set(["/ de"]));
  });
});

describe("at viewer-response", () => {
  const html = { "Content-Type": "text/html; charset=utf-8" };
  const both = "Accept-Language, Cookie";
  it.each<[Partial<LocaleOptions>, uri: string, Readonly<Record<string, string>>, vary: string]>([
    [{ mode: "header" }, "/about", html, both],
    [{ mode: "header" }, "/de/about", html, "-"],
    [{ mode: "rewrite" }, "/de/about", html, both],
    [{ paths: { en: "" } }, "/about", html, both],
    [{}, "/de/about", html, "-"],
    [{ mode: "header" }, "/a", { "Content-Type": "text/css" }, "-"],
    [{ mode: "header" }, "/a", {}, "-"],
    [{ mode: "header" }, "/a", { ...html, Vary: "Origin" }, `Origin, ${both}`],
    [{ mode: "header" }, "/a", { ...html, Vary: both }, both],
    [{ mode: "header" }, "/a", { ...html, Vary: "*" }, "*"],
    [{ mode: "header", cookie: false }, "/a", html, "Accept-Language"],
  ])("with %j, %s with %j varies by %s", async (options, uri, headers, vary) => {
    const handler = createLocale(compileLocale({ locales: ["en", "de"], ...options }));
    const event = viewerResponseEvent({ headers: lines(headers) });
    Object.assign(event.Records[0].cf.request, { uri });
    const result = await handler(event);
    expect(result.headers?.["vary"]?.[0]?.value ?? "-").toBe(vary);
    expect(await handler(event)).toEqual(result);
  });
});
