import type { CompiledLocale } from "./compiled-locale.ts";

/** The options as a decision reads them: Lambda@Edge makes them ready once for each execution environment. */
export interface ReadyLocale extends Pick<
  CompiledLocale,
  | "mode"
  | "locales"
  | "byDefault"
  | "paths"
  | "xDefault"
  | "localeOfPath"
  | "localeOfRange"
  | "cookie"
  | "redirectStatus"
  | "vary"
> {
  readonly prefix: RegExp;
  readonly exclude: readonly RegExp[];
  readonly bots: RegExp | null;
}

/** Makes the patterns of compiled options ready. */
export function readyLocale(compiled: CompiledLocale): ReadyLocale {
  const { excludePatterns: _asWritten, redirectHeaders: _ofLambdaEdge, ...rest } = compiled;
  return {
    ...rest,
    prefix: new RegExp(compiled.prefix, "i"),
    exclude: compiled.exclude.map((source) => new RegExp(source)),
    bots: compiled.bots === "" ? null : new RegExp(compiled.bots, "i"),
  };
}
