import { checks } from "../edge-auth-options-error.ts";

/**
 * Refuses options of which none is given, or two.
 *
 * @param options Undefined where it is absent.
 * @throws {EdgeAuthOptionsError} `ONE_OF_SEVERAL`
 */
export function onlyOneOf(name: string, options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).filter((key) => options[key] !== undefined);
  if (given.length === 1) return;
  const all = Object.keys(options).join(", ");
  throw checks.mistake(
    "ONE_OF_SEVERAL",
    name,
    "does not have exactly one way",
    given,
    `Give one of ${all}.`,
  );
}
