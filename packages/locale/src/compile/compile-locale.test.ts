import { describe, expect, it } from "vitest";
import { LocaleOptionsError } from "../locale-options-error.ts";
import { compileLocale } from "./compile-locale.ts";
import type { LocaleOptions } from "./locale-options.ts";

describe("compileLocale", () => {
  it("needs the languages alone, and returns plain JSON", () => {
    const compiled = compileLocale({ locales: ["en", "pt-BR"] });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    expect(compiled).toMatchObject({
      mode: "redirect",
      locales: ["en", "pt-BR"],
      byDefault: 0,
      paths: ["/en", "/pt-BR"],
      xDefault: null,
      cookie: "locale",
      redirectStatus: "302",
    });
  });

  it("writes languages in their canonical spelling, and takes either for the default", () => {
    expect(compileLocale({ locales: ["PT-br", "iw"], defaultLocale: "he" })).toMatchObject({
      locales: ["pt-BR", "he"],
      byDefault: 1,
      paths: ["/PT-br", "/iw"],
    });
    expect(compileLocale({ locales: ["en", "iw"], defaultLocale: "iw" }).byDefault).toBe(1);
  });
});

interface Refused {
  readonly options: unknown;
  readonly code: string;
  readonly message: string;
  readonly remedy: LocaleOptions;
}
const locales = ["en", "de"];

describe("compileLocale refuses what cannot be meant, and takes the remedy", () => {
  it.each<Refused>([
    {
      options: undefined,
      code: "INVALID_TYPE",
      message:
        "The options are not an object: got nothing. Allowed: locales, defaultLocale, mode, paths, xDefault, cookie, exclude, bots, redirectStatus.",
      remedy: { locales },
    },
    {
      options: { locals: ["en"] },
      code: "UNKNOWN_OPTION",
      message: 'locals is not an option: got ["en"]. Did you mean locales?',
      remedy: { locales: ["en"] },
    },
    {
      options: { locales: [] },
      code: "INVALID_TYPE",
      message:
        'locales is not a list of languages: got []. Give language tags, as in ["en", "de", "pt-BR"].',
      remedy: { locales: ["en", "de", "pt-BR"] },
    },
    {
      options: { locales: ["en", "de_DE"] },
      code: "INVALID_LOCALE",
      message:
        'locales[1] is not a language tag: got "de_DE". Give a language tag with hyphens (BCP 47), as in "de" or "pt-BR".',
      remedy: { locales: ["en", "de-DE"] },
    },
    {
      options: { locales: ["he", "iw"] },
      code: "INVALID_LOCALE",
      message: 'locales[1] is the language of another one: got "iw". Leave it out.',
      remedy: { locales: ["he"] },
    },
    {
      options: { locales, defaultLocale: "fr" },
      code: "INVALID_VALUE",
      message: 'defaultLocale is not valid: got "fr". Allowed: "en", "de".',
      remedy: { locales, defaultLocale: "de" },
    },
    {
      options: { locales, mode: "proxy" },
      code: "INVALID_VALUE",
      message: 'mode is not valid: got "proxy". Allowed: "redirect", "rewrite", "header".',
      remedy: { locales, mode: "rewrite" },
    },
    {
      options: { locales, redirectStatus: 301 },
      code: "INVALID_VALUE",
      message: "redirectStatus is not valid: got 301. Allowed: 302, 303, 307.",
      remedy: { locales, redirectStatus: 307 },
    },
    {
      options: { locales, paths: ["/en"] },
      code: "INVALID_TYPE",
      message: 'paths is not an object: got ["/en"]. As in {"pt-BR": "/br"}.',
      remedy: { locales, paths: { de: "/deutsch" } },
    },
    {
      options: { locales, paths: { fr: "/fr" } },
      code: "UNKNOWN_OPTION",
      message: 'paths.fr is not an option: got "/fr". Allowed: en, de.',
      remedy: { locales: [...locales, "fr"], paths: { fr: "/fr" } },
    },
    {
      options: { locales, paths: { de: "de/" } },
      code: "INVALID_PATH",
      message:
        'paths["de"] is not the beginning of a path: got "de/". Begin with "/" and do not end with it, as in "/de".',
      remedy: { locales, paths: { de: "/de" } },
    },
    {
      options: { locales, paths: { de: "" } },
      code: "INVALID_PATH",
      message:
        'paths["de"] is not the beginning of a path: got "". Only the default locale may have paths without a prefix: begin with "/", as in "/de".',
      remedy: { locales, defaultLocale: "de", paths: { de: "" } },
    },
    {
      options: { locales, paths: { de: "/EN" } },
      code: "INVALID_PATH",
      message:
        'paths["de"] is that of another locale: got "/EN". Give each locale its own: upper and lower case are one.',
      remedy: { locales, paths: { de: "/de" } },
    },
    {
      options: { locales, paths: { en: "" }, xDefault: "" },
      code: "INVALID_PATH",
      message:
        'xDefault is the path of a locale: got "". Leave it out: the default locale has these paths.',
      remedy: { locales, paths: { en: "" } },
    },
    {
      options: { locales, xDefault: "int" },
      code: "INVALID_PATH",
      message:
        'xDefault is not the beginning of a path: got "int". Begin with "/" and do not end with it, as in "/de".',
      remedy: { locales, xDefault: "/int" },
    },
    {
      options: { locales, cookie: "a b" },
      code: "INVALID_VALUE",
      message:
        'cookie is not the name of a cookie: got "a b". Give a name, as in "locale", or false.',
      remedy: { locales, cookie: false },
    },
    {
      options: { locales, exclude: "/api/*" },
      code: "INVALID_TYPE",
      message:
        'exclude is not a list of texts: got "/api/*". Write it in square brackets, as in ["/api/*"].',
      remedy: { locales, exclude: ["/api/*"] },
    },
    {
      options: { locales, exclude: ["api"] },
      code: "INVALID_VALUE",
      message:
        'exclude[0] is not a path pattern: got "api". Begin with / or *, as in "/embed/*"; at most 255 printable ASCII characters.',
      remedy: { locales, exclude: ["/api/*"] },
    },
    {
      options: { locales, bots: [""] },
      code: "INVALID_TYPE",
      message:
        'bots is not a list of texts: got [""]. Write it in square brackets, as in ["bot", "crawl"].',
      remedy: { locales, bots: [] },
    },
  ])("$message", ({ options, code, message, remedy }) => {
    const compile = () => compileLocale(options as LocaleOptions);
    expect(compile).toThrow(LocaleOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
    expect(() => compileLocale(remedy)).not.toThrow();
  });
});
