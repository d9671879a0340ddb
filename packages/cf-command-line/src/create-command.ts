import { Command } from "commander";
import { describeMistake } from "./describe-mistake.ts";

/**
 * Returns a command whose mistakes are reported in one line on stderr, with the remedy.
 *
 * @param name how help and messages call it
 */
export function createCommand(name: string): Command {
  return new Command(name)
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${describeMistake(name, text)}\n`),
    });
}
