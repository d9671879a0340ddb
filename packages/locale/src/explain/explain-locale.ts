import type { ViewerRequest } from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledLocale } from "../edge/compiled-locale.ts";
import { decide, type LocaleDecision, type LocaleSource } from "../edge/decide.ts";
import { readyLocale } from "../edge/ready-locale.ts";

type DecidedRequest = Pick<ViewerRequest, "method" | "uri" | "querystring" | "headers">;

/** A viewer's request: a uri alone stands for a GET request that says nothing of itself. */
export type ExplainedLocaleRequest =
  | string
  | (Pick<DecidedRequest, "uri"> & Partial<Omit<DecidedRequest, "uri">>);

/** What said which language it is, and what becomes of a request. */
export interface LocaleExplanation {
  /** `path`, `cookie`, `acceptLanguage`, `bots`, `defaultLocale`, `exclude[0]`, or `noPage`. */
  readonly rule: string;
  /** One sentence. */
  readonly reason: string;
  readonly result: LocaleDecision;
}

/** Returns why a request gets the language that it gets. */
export function explainLocale(
  compiled: CompiledLocale,
  asked: ExplainedLocaleRequest,
): LocaleExplanation {
  const ready = readyLocale(compiled);
  const given = typeof asked === "string" ? { uri: asked } : asked;
  const request: DecidedRequest = { method: "GET", querystring: "", headers: {}, ...given };
  const result = decide(ready, request, lambdaEdgeReader);
  if (result.kind === "pass") {
    const index = ready.exclude.findIndex((pattern) => pattern.test(request.uri));
    return result.because === "exclude"
      ? {
          rule: `exclude[${index}]`,
          reason: `The path is one of ${JSON.stringify(compiled.excludePatterns[index])}, which have no language.`,
          result,
        }
      : {
          rule: "noPage",
          reason: "The request is for a file without a language, or for no page.",
          result,
        };
  }
  const locale = compiled.locales[result.locale] ?? "the page for no language";
  return { rule: result.source, reason: reasons[result.source](locale), result };
}

const reasons: Readonly<Record<LocaleSource, (locale: string) => string>> = {
  path: (locale) => `The path is one of ${locale}.`,
  cookie: (locale) => `The viewer has chosen ${locale} before: the cookie says so.`,
  acceptLanguage: (locale) => `Of the site's languages, the viewer likes ${locale} best.`,
  bots: (locale) =>
    `The viewer is a program that reads pages, and gets ${locale} without a redirect.`,
  defaultLocale: (locale) => `The viewer names none of the site's languages, and gets ${locale}.`,
};
