import type { EventType } from "cf-types";
import type { NewFunctionEngine } from "./new-function-engine.ts";
import { NewFunctionError } from "./new-function-error.ts";

/** What is to be made. */
export interface NewFunction {
  /** The npm name and the folder, as in `spa-rewrite`. */
  readonly name: string;
  readonly eventType: EventType;
  /** For which engines it is built. */
  readonly engine: NewFunctionEngine;
}

/**
 * Refuses a name that cannot be a package, a folder and a TypeScript name at once.
 *
 * @param taken The names of the workspace's packages.
 * @throws {NewFunctionError} `INVALID_NAME`
 */
export function refuseInvalidName(name: string, taken: readonly string[]): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/.test(name) || name.length > 50) {
    throw new NewFunctionError(
      "INVALID_NAME",
      `The name is not valid: got ${JSON.stringify(name)}. Allowed: at most 50 lower-case letters, digits and single hyphens, as in "spa-rewrite".`,
    );
  }
  if (taken.includes(name)) {
    throw new NewFunctionError(
      "INVALID_NAME",
      `The name is taken in this workspace: got ${JSON.stringify(name)}. Choose another.`,
    );
  }
}

/** Returns `SpaRewrite` for `spa-rewrite`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Returns `spaRewrite` for `spa-rewrite`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
