import { match } from "@formatjs/intl-localematcher";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { preferredLocale } from "../edge/preferred-locale.ts";
import { languageTable } from "./language-table.ts";

function preferred(locales: readonly string[], acceptLanguage: string): string | undefined {
  return locales[preferredLocale(languageTable(locales), acceptLanguage) ?? -1];
}

describe("an Accept-Language", () => {
  it.each<[acceptLanguage: string, locale: string | undefined]>([
    ["de", "de"],
    ["DE-ch-1996", "de"],
    ["fr, de;q=0.5", "de"],
    ["en;q=0.4, de;q=0.8", "de"],
    ["en;q=0.8,de;q=0.8", "en"],
    ["de;q=0, en;q=0.1", "en"],
    ["de-x-private", "de"],
    ["de ; q = 0.9 , en;q=1.0", "en"],
    ["pt-PT", "pt-BR"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK,zh;q=0.9", "zh-Hant"],
    ["zh-CN", "zh-Hans"],
    ["zh-Hant-MO", "zh-Hant"],
    ["iw-IL", "he"],
    ["*", undefined],
    ["fr", undefined],
    ["", undefined],
    ["de;q=9", undefined],
    ["de;q=x", undefined],
    ["constructor, __proto__, toString", undefined],
    [";;;,,,---,-de,d-e", undefined],
  ])("%j asks for %s", (acceptLanguage, locale) => {
    const locales = ["en", "de", "pt-BR", "zh-Hans", "zh-Hant", "he"];
    expect(preferred(locales, acceptLanguage)).toBe(locale);
  });

  it("of any viewer is read in the time of a short one", () => {
    for (const hostile of ["a-".repeat(50_000), ",".repeat(100_000), "de;q=0.".repeat(20_000)]) {
      expect(preferred(["en"], hostile)).toBeUndefined();
    }
  });
});

it("RFC 4647: lookup finds what a library finds, or a locale of a language that was asked for before", () => {
  const tag = fc.constantFrom("en", "en-GB", "de", "de-AT", "de-CH-1996", "fr", "pt-BR", "sr-Latn");
  const locales = fc.uniqueArray(tag, { minLength: 1, maxLength: 5 });
  const ranges = fc.array(tag, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(locales, ranges, (offered, asked) => {
      const lookup = (range: string): string | undefined => {
        const found = match([range], offered, "none", { algorithm: "lookup" });
        return found === "none" ? undefined : found;
      };
      // Where lookup passes over a range, the table may offer another locale of the language.
      const expected = asked.map(
        (range) => lookup(range) ?? offered.find((each) => languageOf(each) === languageOf(range)),
      );
      const first = expected.find((each) => each !== undefined);
      const own = preferred(offered, asked.join(","));
      const isLookedUp = asked.some((range) => first !== undefined && lookup(range) === first);
      expect(isLookedUp ? own : own && languageOf(own)).toBe(
        isLookedUp ? first : first && languageOf(first),
      );
    }),
    propertyRuns(8000),
  );
});

function languageOf(tag: string): string {
  return tag.slice(0, 2);
}
