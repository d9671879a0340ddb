import type { CodedError } from "./coded-error.ts";
import { didYouMean } from "./did-you-mean.ts";

/** The codes that every package has for mistakes in its options. */
export type OptionMistake =
  /** An option that the package does not have. */
  | "UNKNOWN_OPTION"
  /** An option is absent, or has the wrong type. */
  | "INVALID_TYPE"
  /** An option has the right type, but not a value that is allowed. */
  | "INVALID_VALUE";

/** Checks that refuse what an option cannot be, each with an error of one package. */
export interface OptionChecks<Code extends string, Mistake extends Error> {
  /** Returns the error `<subject> <problem>: got <value>. <remedy>` */
  mistake(code: Code, subject: string, problem: string, value: unknown, remedy: string): Mistake;
  /** Returns the error for a value of the wrong type. */
  invalidType(subject: string, problem: string, value: unknown, remedy: string): Mistake;
  /** Returns the error for a value of the right type that is not allowed. */
  invalidValue(subject: string, problem: string, value: unknown, remedy: string): Mistake;
  /**
   * Refuses a value that is no object, and a key that is not allowed.
   *
   * @param subject How an error names the object, as in `functions[0]`; empty for the options themselves.
   * @param remedy What is allowed in place of an object that is none.
   */
  refuseUnknownKeys(
    subject: string,
    value: unknown,
    allowed: readonly string[],
    remedy?: string,
  ): void;
  /** Refuses a value that is none of those that are allowed. */
  refuseOtherThan(subject: string, value: unknown, allowed: readonly unknown[]): void;
  /** Refuses a value of the right type that is not allowed, with what is wrong with it and what to do. */
  refuseUnless(
    isAllowed: boolean,
    subject: string,
    value: unknown,
    [problem, remedy]: readonly [problem: string, remedy: string],
  ): void;
  /** Refuses a value that is neither true nor false. */
  refuseNoBoolean(subject: string, value: unknown): void;
  /** Refuses a value that is no path pattern, as a cache behavior has one. */
  refuseInvalidPathPattern(subject: string, value: unknown): void;
}

/** Returns the checks that throw errors of a class. */
export function optionChecks<Mistake extends CodedError<string>>(
  OptionsError: new (code: Mistake["code"] | OptionMistake, message: string) => Mistake,
): OptionChecks<Mistake["code"] | OptionMistake, Mistake> {
  const mistake = (
    code: Mistake["code"] | OptionMistake,
    subject: string,
    problem: string,
    value: unknown,
    remedy: string,
  ): Mistake => new OptionsError(code, `${subject} ${problem}: got ${shown(value)}. ${remedy}`);

  return {
    mistake,
    invalidType: (...parts) => mistake("INVALID_TYPE", ...parts),
    invalidValue: (...parts) => mistake("INVALID_VALUE", ...parts),
    refuseUnknownKeys(subject, value, allowed, remedy = `Allowed: ${allowed.join(", ")}.`) {
      if (!isObject(value)) {
        const [who, be] = subject === "" ? ["The options", "are"] : [subject, "is"];
        throw mistake("INVALID_TYPE", who, `${be} not an object`, value, remedy);
      }
      const unknown = Object.keys(value).find((name) => !allowed.includes(name));
      if (unknown === undefined) return;
      throw mistake(
        "UNKNOWN_OPTION",
        subject === "" ? unknown : `${subject}.${unknown}`,
        "is not an option",
        value[unknown],
        didYouMean(unknown, allowed),
      );
    },
    refuseOtherThan(subject, value, allowed) {
      if (allowed.includes(value)) return;
      const given = typeof value === "string" ? value : "";
      const names = allowed.map(String);
      const remedy = didYouMean(given, names, (name) => shown(allowed[names.indexOf(name)]));
      throw mistake("INVALID_VALUE", subject, "is not valid", value, remedy);
    },
    refuseUnless(isAllowed, subject, value, [problem, remedy]) {
      if (!isAllowed) throw mistake("INVALID_VALUE", subject, problem, value, remedy);
    },
    refuseNoBoolean(subject, value) {
      if (typeof value === "boolean") return;
      throw mistake("INVALID_TYPE", subject, "is not a boolean", value, "Allowed: true, false.");
    },
    refuseInvalidPathPattern(subject, value) {
      if (typeof value === "string" && /^[/*?][!-~]{0,254}$/.test(value)) return;
      const remedy = 'Begin with / or *, as in "/embed/*"; at most 255 printable ASCII characters.';
      throw mistake("INVALID_VALUE", subject, "is not a path pattern", value, remedy);
    },
  };
}

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of texts. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

/** Returns a value as an error shows it. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    return String(value);
  }
}
