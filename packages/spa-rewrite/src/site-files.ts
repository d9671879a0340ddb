import type { WithSiteFiles } from "cf-types";
import { hiddenPages } from "./compile/compile-pages.ts";
import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";

/**
 * Returns the options with the files of the site that the rewrite would hide, or with all its pages where the option
 * `siteFiles` is `true`; as they are where it is a list or `false`.
 *
 * @throws {SpaRewriteOptionsError} `INVALID_DOCUMENT` when the site does not have a document; `TOO_MANY_PAGES`
 *   when the hidden files are too many.
 */
export const withSiteFiles: WithSiteFiles<CompiledSpaRewrite> = (compiled, siteFiles) => {
  if (compiled.filesAtSynth === "none") return compiled;
  return { ...compiled, pages: { ...compiled.pages, ...hiddenPages(compiled, siteFiles) } };
};
