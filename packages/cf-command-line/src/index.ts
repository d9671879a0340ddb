export { Command, InvalidArgumentError, Option } from "commander";
export { createCommand } from "./create-command.ts";
export { collectHeader, type HeaderLines } from "./header-option.ts";
export { refusalOf, type Terminal } from "./prompt.ts";
export { readJsonOption, readTextOption } from "./read-option-file.ts";
export { CommandMistake, runCommand, type RunCommandOptions } from "./run-command.ts";
