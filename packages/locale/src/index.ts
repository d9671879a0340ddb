export { type LocaleFinding, type LocaleSurroundings, checkLocale } from "./check/check-locale.ts";
export { compileLocale } from "./compile/compile-locale.ts";
export type { LocaleMode, LocaleOptions } from "./compile/locale-options.ts";
export type { CompiledLocale } from "./edge/compiled-locale.ts";
export type { LocaleDecision, LocaleSource } from "./edge/decide.ts";
export { createLocale, type LocaleHandler } from "./edge/locale.ts";
export {
  type ExplainedLocaleRequest,
  type LocaleExplanation,
  explainLocale,
} from "./explain/explain-locale.ts";
export { LocaleOptionsError, type LocaleOptionsErrorCode } from "./locale-options-error.ts";
