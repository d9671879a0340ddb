import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { isMapping, quoteValue, type RawMapping, scalarText } from "./template-value.ts";

/**
 * The parameters of a template with the values that a deployment passes. Parameters whose value
 * lies in SSM have their default as value: no account is asked.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export class TemplateParameters {
  readonly #declared: RawMapping;
  readonly #passed: { readonly [name: string]: string };

  /**
   * @param declared the template's `Parameters`.
   * @param passed values by name; they win over defaults. Names that are not declared are ignored.
   */
  constructor(declared: RawMapping, passed: { readonly [name: string]: string }) {
    this.#declared = declared;
    this.#passed = passed;
  }

  /** Whether the template declares a parameter of that name. */
  has(name: string): boolean {
    return Object.hasOwn(this.#declared, name);
  }

  /**
   * Checks all parameters, also those that nothing refers to, as a deployment does.
   *
   * @throws {LocalCloudFrontError} when one has no value, or one that is not allowed.
   */
  check(): void {
    for (const name of Object.keys(this.#declared)) this.valueOf(name);
  }

  /**
   * Returns a parameter's value: text, or a list of texts for the list types.
   *
   * @throws {LocalCloudFrontError} when it has none, or one that is not allowed.
   */
  valueOf(name: string): string | readonly string[] {
    const path = `Parameters.${name}`;
    const declared = this.#declared[name];
    const parameter = isMapping(declared) ? declared : {};
    const given = Object.hasOwn(this.#passed, name) ? this.#passed[name] : parameter["Default"];
    const text = scalarText(given);
    if (text === undefined) {
      throw new LocalCloudFrontError(
        `${path} must have a value: got ${quoteValue(given)}. Give the parameter a "Default", or pass --parameter ${name}=VALUE.`,
      );
    }
    checkAllowed(text, parameter["AllowedValues"], path);
    const type = scalarText(parameter["Type"]) ?? "String";
    if (type === "Number" && (text.trim() === "" || Number.isNaN(Number(text)))) {
      throw new LocalCloudFrontError(`${path} must be a number: got ${quoteValue(given)}.`);
    }
    if (!/List\b/.test(type)) return text;
    return text === "" ? [] : text.split(",").map((item) => item.trim());
  }
}

function checkAllowed(text: string, allowedValues: unknown, path: string): void {
  if (!Array.isArray(allowedValues)) return;
  const allowed = allowedValues.map((value) => scalarText(value));
  if (allowed.includes(text)) return;
  throw new LocalCloudFrontError(
    `${path} must be one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}: got ${JSON.stringify(text)}.`,
  );
}
