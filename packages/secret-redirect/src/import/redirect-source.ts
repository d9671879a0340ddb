import type { RedirectRule } from "../compile/redirect-rule.ts";

/** The formats that can be imported. */
export type RedirectFormat =
  | "json"
  | "csv"
  | "netlify-redirects"
  | "cloudflare-redirects"
  | "netlify-toml"
  | "vercel-json"
  | "firebase-json";

/** A file of redirects, read. */
export interface RedirectSource {
  /** The file's name, for messages. */
  readonly file: string;
  readonly text: string;
  /**
   * @default - by the file's name: `_redirects` is `netlify-redirects`, `*.csv` is `csv`, `netlify.toml`,
   *   `vercel.json` and `firebase.json` are themselves, any other `*.json` is `json`
   */
  readonly format?: RedirectFormat;
  /**
   * Whether what the file holds beside redirects is a problem.
   * @default false
   */
  readonly strict?: boolean;
}

/** A line of a file that cannot be imported. */
export interface ImportProblem {
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
  readonly message: string;
}

/** What takes what a file of redirects holds beside them. */
export type LeftoverOwner = "spa-rewrite" | "cache-headers" | "custom-error-responses";

/** What a file holds beside redirects, or a redirect that nobody needs: the rules are without it. */
export interface ImportLeftover extends ImportProblem {
  /** Undefined where it belongs nowhere. */
  readonly belongsTo: LeftoverOwner | undefined;
}

/** What a file of redirects yields: `problems` is empty when all of it was understood. */
export interface ImportedRedirects {
  /** In their order; each names its line in `source`. */
  readonly rules: readonly RedirectRule[];
  readonly problems: readonly ImportProblem[];
  /** In their order; empty where `strict` makes problems of them. */
  readonly leftovers: readonly ImportLeftover[];
}

/** What is wrong with an entry, or what else than a redirect it is. */
export type NoRedirect = {
  readonly message: string;
  /** Where it belongs; a problem where it is left out. */
  readonly belongsTo?: LeftoverOwner | undefined;
};

/** One entry of a file, with the line on which it begins: a rule, or what is wrong with it. */
export type ImportedEntry =
  | { readonly line: number; readonly rule: RedirectRule }
  | ({ readonly line: number } & NoRedirect);
