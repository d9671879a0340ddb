export { compileReleaseSelect } from "./compile/compile-release-select.ts";
export type { PreviewOptions, ReleaseSelectOptions } from "./compile/release-select-options.ts";
export type { CompiledPreviews, CompiledReleaseSelect } from "./edge/compiled-release-select.ts";
export {
  liveReleaseKey,
  noRelease,
  previewKey,
  previewName,
  reservedKeyPrefix,
} from "./edge/release-keys.ts";
export {
  ReleaseSelectOptionsError,
  type ReleaseSelectOptionsErrorCode,
} from "./release-select-options-error.ts";
