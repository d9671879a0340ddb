import { InvalidArgumentError } from "cf-command-line";

/** Returns what collects a repeatable option of the given form, as in `NAME=VALUE`. */
export function assignments(form: string) {
  return (value: string, previous: Record<string, string> = {}): Record<string, string> => {
    const separator = value.indexOf("=");
    if (separator < 1) throw new InvalidArgumentError(`Pass ${form}.`);
    return { ...previous, [value.slice(0, separator)]: value.slice(separator + 1) };
  };
}
