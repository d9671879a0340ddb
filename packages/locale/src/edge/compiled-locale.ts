import type { ResultHeaders } from "cf-types";
import type { LocaleMode } from "../compile/locale-options.ts";

/** The options as the handlers read them: plain JSON, nothing left to decide. */
export interface CompiledLocale {
  readonly mode: LocaleMode;
  /** As they are written into Accept-Language. */
  readonly locales: readonly string[];
  /** The index of the default locale. */
  readonly byDefault: number;
  /** By the index of the locale. */
  readonly paths: readonly string[];
  /** `null` where they get the default locale. */
  readonly xDefault: string | null;
  /** The source of a regular expression, without regard to case, for the paths that have a language. */
  readonly prefix: string;
  /** The index of the locale by lower-case prefix; -1 where the pages are for no language. */
  readonly localeOfPath: Readonly<Record<string, number>>;
  /** The index of the locale by lower-case language range, for RFC 4647, 3.4. */
  readonly localeOfRange: Readonly<Record<string, number>>;
  /** `""` for none. */
  readonly cookie: string;
  /** The sources of regular expressions. */
  readonly exclude: readonly string[];
  /** As they were written; the handler does not read them. */
  readonly excludePatterns: readonly string[];
  /** The source of a regular expression, without regard to case; `""` for none. */
  readonly bots: string;
  /** Three digits. */
  readonly redirectStatus: string;
  /** Of a redirect, beside its Location: it is for one viewer. */
  readonly redirectHeaders: ResultHeaders;
  /** The headers by which a page without a language in its path varies. */
  readonly vary: string;
}
