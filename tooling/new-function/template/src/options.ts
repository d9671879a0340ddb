import { closestMatch } from "leven";
import { MyFunctionOptionsError } from "./my-function-options-error.ts";

/** What my-function says. */
export interface MyFunctionOptions {
  /**
   * Printable ASCII characters.
   * @default "hello"
   */
  readonly greeting?: string;
}

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

const optionNames = ["greeting"];

/**
 * Returns the options in the form that `createMyFunction` takes.
 *
 * @throws {MyFunctionOptionsError} when an option is unknown, of the wrong type or not valid.
 */
export function compileMyFunction(options: MyFunctionOptions = {}): CompiledMyFunction {
  refuseUnknownOptions(options);
  const { greeting = "hello" } = options;
  refuseInvalidGreeting(greeting);
  return { greeting };
}

function refuseUnknownOptions(options: unknown): void {
  if (options === null || typeof options !== "object") {
    throw new MyFunctionOptionsError(
      "INVALID_TYPE",
      `The options are not an object: got ${JSON.stringify(options) ?? "nothing"}. Allowed: ${optionNames.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (optionNames.includes(name)) continue;
    const meant = closestMatch(name, optionNames, { maxDistance: 2 });
    throw new MyFunctionOptionsError(
      "UNKNOWN_OPTION",
      `${name} is not an option: got ${JSON.stringify(value)}. ${meant === undefined ? `Allowed: ${optionNames.join(", ")}.` : `Did you mean ${meant}?`}`,
    );
  }
}

function refuseInvalidGreeting(greeting: unknown): void {
  if (typeof greeting !== "string") {
    throw new MyFunctionOptionsError(
      "INVALID_TYPE",
      `greeting is not a string: got ${JSON.stringify(greeting)}. Give a few words, as in "hello".`,
    );
  }
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(greeting)) {
    throw new MyFunctionOptionsError(
      "INVALID_GREETING",
      `greeting is not valid: got ${JSON.stringify(greeting)}. Allowed: printable ASCII characters, no space at either end.`,
    );
  }
}
