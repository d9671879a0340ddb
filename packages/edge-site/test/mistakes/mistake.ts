import { compileSecretRedirect, type RedirectRule } from "secret-redirect";
import { compileSpaRewrite, type SpaRewriteOptions } from "spa-rewrite";
import type { EdgeFunctionConfig } from "../../src/config/edge-config.ts";
import type { SiteChanges, SiteRequest } from "../site-in-folder.ts";

/** spa-rewrite with options. */
export const rewrite = (options: SpaRewriteOptions) => ({
  package: "spa-rewrite",
  config: compileSpaRewrite(options),
});
/** secret-redirect with rules that pass no query string on, unless they say so; and where it runs. */
export const redirects = (
  rules: readonly RedirectRule[],
  place: Pick<EdgeFunctionConfig, "eventType" | "engine" | "pathPatterns"> = {},
) => ({
  package: "secret-redirect",
  config: compileSecretRedirect({ rules: rules.map(withoutQuery) }),
  ...place,
});
const withoutQuery = (rule: RedirectRule): RedirectRule => ({ query: "drop", ...rule });

/** Where rules lead. */
export const away = "https://elsewhere.example/";
/** A rule that leads there. */
export const old = (from: string, changes: Partial<RedirectRule> = {}) => ({
  from,
  to: away,
  ...changes,
});
export const onViewerRequest = { eventType: "viewer-request" } as const;

/** What is wrong, what synth says of it, and each of its remedies, which leaves nothing to say. */
export interface Mistake {
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

/** A rule behind an app that takes every navigation. */
export const inFallback = (rule: RedirectRule, options: SpaRewriteOptions = {}) => ({
  functions: [rewrite({ mode: "fallback", ...options }), redirects([rule])],
});
/** A rule that comes before such an app. */
export const beforeFallback = (rule: RedirectRule) => ({
  functions: [redirects([rule], onViewerRequest), rewrite({ mode: "fallback" })],
});
/** Rules without an app. */
export const alone = (...rule: Parameters<typeof redirects>) => ({
  functions: [redirects(...rule)],
});
