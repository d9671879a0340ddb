export { CodedError } from "./coded-error.ts";
export { didYouMean, likeliest } from "./did-you-mean.ts";
export {
  isObject,
  isTextList,
  type OptionChecks,
  optionChecks,
  type OptionMistake,
  shown,
} from "./option-checks.ts";
export { inPunycode, punycodeRemedy } from "./punycode.ts";
