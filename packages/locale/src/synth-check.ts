import type { CompilerOf, NavigationOf, SynthCheck } from "cf-types";
import { checkLocale } from "./check/check-locale.ts";
import type { CompiledLocale } from "./edge/compiled-locale.ts";
import { explainLocale } from "./explain/explain-locale.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "localeOfRange" in config ? undefined : "compileLocale";

/** Returns what between the options and the site that runs them cannot work, or hardly be meant. */
export const checkSynthesizedSite: SynthCheck<CompiledLocale> = (compiled, site) =>
  site.eventType === "viewer-response" ? [] : checkLocale(compiled, site);

/** Returns where navigations of viewers lead who name no language. */
export const navigationOf: NavigationOf<CompiledLocale> = (compiled) => ({
  decide: (uri) => {
    const { rule, result } = explainLocale(compiled, uri);
    if (result.kind === "redirect") return { rule, location: result.uri };
    return result.kind === "rewrite" ? { rule, uri: result.uri } : undefined;
  },
  exampleUris: ["/"].filter((uri) => {
    const { result } = explainLocale(compiled, uri);
    return result.kind === "redirect" || result.kind === "rewrite";
  }),
  exemption: "name the path in exclude",
});
