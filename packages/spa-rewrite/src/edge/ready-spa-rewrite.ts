import type { CompiledRedirect, CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";

/** A rule whose pattern is ready. */
export interface ReadyRule extends Pick<CompiledRule, "document" | "asked"> {
  readonly pattern: RegExp;
}

/** The redirect of a page's other spelling, ready. */
export interface ReadyRedirect extends Pick<CompiledRedirect, "to" | "status"> {
  readonly from: RegExp;
}

/** The options as a decision reads them: Lambda@Edge makes them ready once for each execution environment. */
export interface ReadySpaRewrite {
  readonly rules: readonly ReadyRule[];
  /** `null` where there are none: a look-up costs more than all else. */
  readonly pages: Readonly<Record<string, string>> | null;
  readonly redirect: ReadyRedirect | null;
}

/** Makes the patterns of compiled options ready. */
export function readySpaRewrite(compiled: CompiledSpaRewrite): ReadySpaRewrite {
  const redirect = compiled.redirect;
  return {
    rules: compiled.rules.map((rule) => ({
      pattern: new RegExp(rule.path, compiled.flags),
      document: rule.document,
      asked: rule.asked,
    })),
    pages: Object.keys(compiled.pages).length > 0 ? compiled.pages : null,
    redirect: redirect && {
      from: new RegExp(redirect.from),
      to: redirect.to,
      status: redirect.status,
    },
  };
}
