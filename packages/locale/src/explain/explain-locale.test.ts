import { expect, it } from "vitest";
import { compileLocale } from "../compile/compile-locale.ts";
import { explainLocale } from "./explain-locale.ts";

const compiled = compileLocale({ locales: ["en", "de"] });
const lines = (key: string, value: string) => ({ [key]: [{ key, value }] });

it.each([
  ["/", "defaultLocale", "The viewer names none of the site's languages, and gets en."],
  ["/de/x", "path", "The path is one of de."],
  ["/a.css", "noPage", "The request is for a file without a language, or for no page."],
  ["/api/x", "exclude[0]", 'The path is one of "/api/*", which have no language.'],
  [
    { uri: "/", headers: lines("accept-language", "de") },
    "acceptLanguage",
    "Of the site's languages, the viewer likes de best.",
  ],
  [
    { uri: "/", headers: lines("cookie", "locale=de") },
    "cookie",
    "The viewer has chosen de before: the cookie says so.",
  ],
  [
    { uri: "/", headers: lines("user-agent", "Googlebot") },
    "bots",
    "The viewer is a program that reads pages, and gets en without a redirect.",
  ],
] as const)("of %j names what said it and why", (request, rule, reason) => {
  expect(explainLocale(compiled, request)).toMatchObject({ rule, reason });
});
