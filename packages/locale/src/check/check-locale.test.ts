import type { NavigationFunction, PolicySelections, SynthesizedSite } from "cf-types";
import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileLocale } from "../compile/compile-locale.ts";
import type { LocaleOptions } from "../compile/locale-options.ts";
import { checkSynthesizedSite, compilerOf, navigationOf } from "../synth-check.ts";

const files = ["en/index.html", "de/index.html"];

function siteWith(
  key: Partial<PolicySelections> = {},
  changes: Partial<SynthesizedSite> = {},
): SynthesizedSite {
  const nothing = { headers: "none", cookies: "none", queryStrings: "none" } as const;
  const cachePolicy = { ...nothing, minTtlSeconds: 0, ...key };
  return synthesizedSite({
    cacheBehaviors: [synthesizedCacheBehavior({ cachePolicy })],
    siteFiles: files,
    ...changes,
  });
}

function messages(options: Partial<LocaleOptions>, site: SynthesizedSite): readonly string[] {
  return checkSynthesizedSite(compileLocale({ locales: ["en", "de"], ...options }), site).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

const rewriting: NavigationFunction = {
  packageName: "spa-rewrite",
  eventType: "viewer-request",
  decide: () => ({ rule: "routes[0]", uri: "/index.html" }),
  exampleUris: ["/notes/1"],
  exemption: "",
};

it("a sound site has no findings", () => {
  expect(messages({}, siteWith())).toEqual([]);
  expect(messages({ mode: "header" }, siteWith({ headers: ["accept-language"] }))).toEqual([]);
  const atResponse = siteWith({}, { eventType: "viewer-response" });
  expect(messages({ mode: "header" }, atResponse)).toEqual([]);
});

it("options that are not compiled are known, and where navigations lead", () => {
  const compiled = compileLocale({ locales: ["en", "de"] });
  expect(compilerOf(compiled)).toBeUndefined();
  expect(compilerOf({ locales: ["en"] })).toBe("compileLocale");
  const { decide, exampleUris } = navigationOf(compiled);
  expect(exampleUris.map(decide)).toEqual([{ rule: "defaultLocale", location: "/en/" }]);
  expect(decide("/de/")).toBeUndefined();
});

describe("a remedy is followed, and nothing is left to say", () => {
  it.each<{
    readonly message: string;
    readonly wrong: readonly [Partial<LocaleOptions>, SynthesizedSite];
    readonly right: readonly (readonly [Partial<LocaleOptions>, SynthesizedSite])[];
  }>([
    {
      message:
        'error: Accept-Language is not in the cache key of "*": the first viewer\'s language would be served to all. Put it there, as in cacheKey: { headers: ["accept-language"] }: it has one value for each of locales.',
      wrong: [{ mode: "header" }, siteWith()],
      right: [
        [{ mode: "header" }, siteWith({ headers: ["Accept-Language"] })],
        [{ mode: "header" }, siteWith({ headers: "all" })],
      ],
    },
    {
      message:
        'warning: The cache key of "*" has what locale has already decided by: got the cookie "locale" and Accept-Language. Take it out of the cache key: the path says it.',
      wrong: [{}, siteWith({ cookies: ["locale"], headers: ["accept-language"] })],
      right: [[{}, siteWith()]],
    },
    {
      message:
        'warning: The cache key of "*" has what locale has already decided by: got the cookie "locale". Take it out of the cache key: Accept-Language says it.',
      wrong: [{ mode: "header" }, siteWith({ cookies: ["locale"], headers: ["accept-language"] })],
      right: [[{ mode: "header" }, siteWith({ headers: ["accept-language"] })]],
    },
    {
      message:
        'warning: locales has a language of which the site has no page: got "fr", and no file below "/fr/". Build the pages, name their prefix in paths, or take the language out of locales.',
      wrong: [{ locales: ["en", "de", "fr"] }, siteWith()],
      right: [
        [{ locales: ["en", "de", "fr"] }, siteWith({}, { siteFiles: [...files, "fr/index.html"] })],
        [{ locales: ["en", "de", "fr"] }, siteWith({}, { isRoute: (path) => path === "/fr/" })],
        [
          { locales: ["en", "de", "fr"], paths: { fr: "/french" } },
          siteWith({}, { siteFiles: [...files, "french/index.html"] }),
        ],
        [{}, siteWith()],
      ],
    },
    {
      message:
        "warning: spa-rewrite runs before locale and gives pages another path, of which locale then reads the language. Put locale before it in functions.",
      wrong: [{}, siteWith({}, { earlierFunctions: [rewriting] })],
      right: [[{}, siteWith({}, { laterFunctions: [rewriting] })]],
    },
  ])("$message", ({ message, wrong, right }) => {
    expect(messages(...wrong)).toEqual([message]);
    for (const each of right) expect(messages(...each)).toEqual([]);
  });
});
