import type { ResultHeaders } from "cf-types";
import type { PageAsked } from "edge-handler";
import type { ResolvedSpaRewriteOptions } from "../compile/spa-rewrite-options.ts";

/** One document, and which paths are served it. */
export interface CompiledRule {
  /** The source of a regular expression over the whole decoded path, linear in its length. */
  readonly path: string;
  readonly document: string;
  /**
   * How a viewer has to ask for it: `any` where the path is listed as a route, `html` where it looks like an
   * asset.
   */
  readonly asked: PageAsked;
}

/** All pages at their clean URLs, hidden files with clean URLs or at their own paths alone, or none at all. */
export type FilesAtSynth = "all-pages" | "clean-urls" | "plain" | "none";

/** Where a page's other spelling leads, with its slash at the end or without. */
export interface CompiledRedirect {
  /** The source of a regular expression over the path and the query string as the viewer sent them. */
  readonly from: string;
  /** What replaces the match. */
  readonly to: string;
  /** Three digits. */
  readonly status: string;
  /** The headers of the response beside its Location. */
  readonly headers: ResultHeaders;
}

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledSpaRewrite {
  /** At most one of them matches a path first: apps with the longest prefix come first. */
  readonly rules: readonly CompiledRule[];
  /** The flags of the rules' regular expressions: `i` where case is ignored. */
  readonly flags: string;
  /** The uri of a page's file by the page's decoded path. */
  readonly pages: Readonly<Record<string, string>>;
  /** `null` where the slash at the end is left as it is. */
  readonly redirect: CompiledRedirect | null;
  /** One of how many decisions is logged; 0 for none. */
  readonly logEvery: number;
  /** How files that synth knows are added to the pages; the handler does not read it. */
  readonly filesAtSynth: FilesAtSynth;
  /** What `explainSpaRewrite` needs to name a rule; the handler does not read it. */
  readonly options: ResolvedSpaRewriteOptions;
}
