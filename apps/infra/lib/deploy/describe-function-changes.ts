import type { FunctionChange } from "./function-changes.ts";

/** Returns a line for each function: what happens to it, and why. */
export function describeFunctionChanges(changes: readonly FunctionChange[]): readonly string[] {
  return changes.map(({ name, kind, reasons }) => {
    switch (kind) {
      case "new version":
        return `${name}: a new version, ${reasons.join(", ")}`;
      case "added":
        return `${name}: its first version`;
      case "removed":
        return `${name}: taken away; its versions stay until they are deleted by hand`;
      case "unchanged":
        return `${name}: unchanged`;
    }
  });
}
