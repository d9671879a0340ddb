export type { Serving } from "./run-command.ts";
export { runCommandLine, type CommandLineOptions } from "./run-command-line.ts";
export { watchFiles, type WatchFilesOptions } from "./watch-files.ts";
