import type { FunctionChange } from "./function-changes.ts";

const words = {
  "lambda-edge": {
    added: "its first version",
    "new version": "a new version",
    removed: "taken away; its versions stay until they are deleted by hand",
  },
  "cloudfront-function": {
    added: "published for the first time",
    "new version": "published anew",
    removed: "taken away",
  },
} as const;

/** Returns a line for each function: what happens to it, and why. */
export function describeFunctionChanges(changes: readonly FunctionChange[]): readonly string[] {
  return changes.map(({ name, engine, kind, reasons }) => {
    if (kind === "unchanged") return `${name}: unchanged`;
    return [`${name}: ${words[engine][kind]}`, ...reasons].join(", ");
  });
}
