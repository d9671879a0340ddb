import { isObject, isTextList, type OptionChecks, type OptionMistake } from "option-checks";

type Mistakes<Mistake extends Error> = Pick<OptionChecks<OptionMistake, Mistake>, "mistake">;

/**
 * Returns the claims that a viewer must have, each with the values of which one is enough.
 *
 * @param name The option, as in `claims`.
 * @throws what `checks` makes of a value that is no text
 */
export function compileClaims<Mistake extends Error>(
  name: string,
  claims: unknown,
  checks: Mistakes<Mistake>,
): readonly (readonly [claim: string, values: readonly string[]])[] {
  if (!isObject(claims)) {
    const example = 'As in { groups: ["staff"] }.';
    throw checks.mistake("INVALID_TYPE", name, "is not an object", claims, example);
  }
  return Object.entries(claims).map(([claim, values]) => [
    claim,
    oneOrMoreTexts(`${name}.${claim}`, values, "Give a value, or several.", checks),
  ]);
}

/**
 * Returns the texts of an option that may be one text or a list.
 *
 * @throws what `checks` makes of an empty text, and of an empty list
 */
export function oneOrMoreTexts<Mistake extends Error>(
  name: string,
  value: unknown,
  remedy: string,
  { mistake }: Mistakes<Mistake>,
): readonly string[] {
  const values = typeof value === "string" ? [value] : value;
  if (isTextList(values) && values.length > 0 && values.every((each) => each !== "")) return values;
  throw mistake("INVALID_TYPE", name, "is not a text or a list of texts", value, remedy);
}
