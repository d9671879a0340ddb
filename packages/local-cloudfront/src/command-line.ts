export type { LogFile, LogStore } from "./access-log/find-log-files.ts";
export type { Serving } from "./command/run-command.ts";
export { runCommandLine, type CommandLineOptions } from "./command/run-command-line.ts";
export { watchFiles, type WatchFilesOptions } from "./command/watch-files.ts";
export { LocalCloudFrontError } from "./local-cloudfront-error.ts";
