import { fileURLToPath } from "node:url";
import type { FunctionError } from "../../channel/thread-messages.ts";

/** The folder of this file: stack lines from there say nothing about the function. */
const ownFolder = fileURLToPath(new URL(".", import.meta.url));

/** An error of Lambda's own runtime, as in `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/** Returns whatever was thrown in a shape that crosses threads; never throws itself. */
export function describeError(thrown: unknown): FunctionError {
  try {
    if (thrown instanceof Error) {
      return {
        type: String(thrown.name),
        message: String(thrown.message),
        stack: thrown.stack === undefined ? undefined : withoutOwnLines(String(thrown.stack)),
      };
    }
    return { type: typeof thrown, message: String(thrown), stack: undefined };
  } catch {
    return { type: "handled", message: "an error that cannot be read", stack: undefined };
  }
}

function withoutOwnLines(stack: string): string {
  const lines = stack.split("\n");
  const end = lines.findIndex((line) => line.includes(ownFolder));
  return (end < 0 ? lines : lines.slice(0, end)).join("\n");
}

/** Returns an error as Lambda writes it in its log: a tab and JSON. */
export function formatError(error: FunctionError): string {
  return `\t${JSON.stringify({
    errorType: error.type,
    errorMessage: error.message,
    stack: error.stack?.split("\n"),
  })}`;
}
