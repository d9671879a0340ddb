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
  readonly pages: Readonly<Record<string, string>>;
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
    pages: compiled.pages,
    redirect: redirect && {
      from: new RegExp(redirect.from),
      to: redirect.to,
      status: redirect.status,
    },
  };
}
