export { eventTypes } from "./function-names.ts";
export { packageFiles } from "./package-files.ts";
