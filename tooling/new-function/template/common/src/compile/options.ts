import { optionChecks } from "option-checks";
import type { CompiledMyFunction } from "../edge/decide.ts";
import { MyFunctionOptionsError } from "../my-function-options-error.ts";

/** What my-function says. */
export interface MyFunctionOptions {
  /**
   * Printable ASCII characters.
   * @default "hello"
   */
  readonly greeting?: string;
}

const { refuseUnknownKeys, invalidType, invalidValue } = optionChecks(MyFunctionOptionsError);

/**
 * Returns the options in the form that the handlers take.
 *
 * @throws {MyFunctionOptionsError} when an option is unknown, of the wrong type or not valid.
 */
export function compileMyFunction(options: MyFunctionOptions = {}): CompiledMyFunction {
  refuseUnknownKeys("", options, ["greeting"]);
  const { greeting = "hello" } = options;
  refuseInvalidGreeting(greeting);
  return { greeting };
}

function refuseInvalidGreeting(greeting: unknown): void {
  if (typeof greeting !== "string") {
    throw invalidType("greeting", "is not a string", greeting, 'Give a few words, as in "hello".');
  }
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(greeting)) {
    throw invalidValue(
      "greeting",
      "is not valid",
      greeting,
      "Allowed: printable ASCII characters, no space at either end.",
    );
  }
}
