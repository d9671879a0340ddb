export { didYouMean } from "option-checks";
