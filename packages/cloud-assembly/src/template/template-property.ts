import { hasServerlessVariable, packageFirst } from "../assembly/serverless-file.ts";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";
import { noValue, quoteValue, scalarText, type TemplateValue } from "../value/template-value.ts";
import { isKnown } from "../value/unknown.ts";
import type { TemplateScope } from "./template-scope.ts";

/**
 * A property of a resource, evaluated where and when it is read: an intrinsic function that
 * is never read cannot fail. Absent properties have absent properties.
 */
export class TemplateProperty {
  /** Logical id and property path, as in `Site.DistributionConfig.Origins[0].Id`. */
  readonly path: string;
  readonly #value: unknown;
  readonly #scope: TemplateScope;

  constructor(value: unknown, path: string, scope: TemplateScope) {
    this.path = path;
    this.#value = value;
    this.#scope = scope;
  }

  /** Whether it is written, and not as null or `AWS::NoValue`. */
  get isPresent(): boolean {
    const value = this.#resolved();
    return value !== undefined && value !== null;
  }

  /** Returns a member of a mapping. */
  property(name: string): TemplateProperty {
    const path = `${this.path}.${name}`;
    if (!this.isPresent) return new TemplateProperty(undefined, path, this.#scope);
    const mapping = this.#mapping();
    return new TemplateProperty(
      Object.hasOwn(mapping, name) ? mapping[name] : undefined,
      path,
      this.#scope,
    );
  }

  /** Returns the names of a mapping's members that are present; none where it is absent. */
  names(): readonly string[] {
    if (!this.isPresent) return [];
    return Object.keys(this.#mapping()).filter((name) => this.property(name).isPresent);
  }

  /** Returns the elements of a list, those that come to `AWS::NoValue` left out; none where it is absent. */
  items(): readonly TemplateProperty[] {
    const value = this.#resolved();
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw this.#mustBe("a list", value);
    return value
      .map((item, index) => new TemplateProperty(item, `${this.path}[${index}]`, this.#scope))
      .filter((item) => item.isPresent);
  }

  /** Returns the elements of a list, or the property itself where it is no list (IAM policies have both). */
  oneOrMore(): readonly TemplateProperty[] {
    if (!this.isPresent) return [];
    return Array.isArray(this.#resolved()) ? this.items() : [this];
  }

  /**
   * Returns a string; numbers and booleans become one. What only the deployment knows reads
   * `<Rewrite.Arn>` in it.
   *
   * @throws {CloudAssemblyError} when it is absent or something else.
   */
  string(): string {
    const value = this.#resolved();
    const text = scalarText(value);
    if (text === undefined) throw this.#mustBe("a string", value);
    return this.#scope.readable(text);
  }

  /**
   * Returns a string that has to be known before a deployment, as `string` does.
   *
   * @throws {CloudAssemblyError} when only the deployment knows a part of it, and a user can say it.
   */
  knownString(): string {
    const text = this.string();
    const problem = this.#whyUnknown(this.#resolved());
    if (problem !== undefined) throw new CloudAssemblyError(problem);
    return text;
  }

  /** Returns a string that has to be known, as `knownString` does, or undefined where it is absent. */
  optionalKnownString(): string | undefined {
    return this.isPresent ? this.knownString() : undefined;
  }

  /** Whether it is no text of which only the deployment knows a part. */
  get isKnown(): boolean {
    const value = this.#resolved();
    return typeof value !== "string" || isKnown(value);
  }

  /** Returns a string, or undefined where it is absent. */
  optionalString(): string | undefined {
    return this.isPresent ? this.string() : undefined;
  }

  /** Returns one of several strings, or the default where it is absent. */
  oneOf<Value extends string>(allowed: readonly Value[], defaultValue?: NoInfer<Value>): Value {
    if (!this.isPresent && defaultValue !== undefined) return defaultValue;
    const text = this.isPresent ? this.string() : undefined;
    const value = allowed.find((value) => value === text);
    if (value !== undefined) return value;
    throw this.#mustBe(
      `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`,
      this.#resolved(),
    );
  }

  /** Returns a number, or the default where it is absent; digits in quotes are a number too. */
  number<Default extends number | undefined>(defaultValue: Default): number | Default {
    if (!this.isPresent) return defaultValue;
    const value = this.#resolved();
    const text = scalarText(value)?.trim() ?? "";
    const number = Number(text);
    if (text === "" || !Number.isFinite(number)) throw this.#mustBe("a number", value);
    return number;
  }

  /** Returns a boolean, or the default where it is absent; `"true"` in quotes is one too. */
  boolean(defaultValue: boolean): boolean {
    if (!this.isPresent) return defaultValue;
    const value = this.#resolved();
    const text = scalarText(value)?.toLowerCase();
    if (text !== "true" && text !== "false") throw this.#mustBe("true or false", value);
    return text === "true";
  }

  /** Returns the elements of a list of strings; none where it is absent. */
  strings(): readonly string[] {
    return this.items().map((item) => item.string());
  }

  /**
   * Returns the elements of a list of strings that have to be known before a deployment.
   *
   * @throws {CloudAssemblyError} as `knownString` does.
   */
  knownStrings(): readonly string[] {
    return this.items().map((item) => item.knownString());
  }

  /**
   * Returns the whole value, evaluated through and through; undefined where it is absent. What only
   * the deployment knows reads `<Rewrite.Arn>` in its texts.
   */
  value(): TemplateValue | undefined {
    const value = this.marked();
    return value === undefined ? undefined : this.#readable(value);
  }

  /**
   * Returns the whole value, evaluated through and through, with marks in its texts where only the
   * deployment knows a part of them; undefined where it is absent.
   */
  marked(): TemplateValue | undefined {
    const value = this.isPresent ? this.#scope.evaluate(this.#value, this.path) : noValue;
    return value === noValue ? undefined : value;
  }

  /**
   * Returns an error about this property: `problem` follows the path, then the value. Where only the
   * deployment knows the value, the error says so instead.
   *
   * @param shown what stands for the value, where that may be secret.
   */
  error(
    problem: string,
    remedy: string,
    factId?: string,
    shown: unknown = this.value(),
  ): CloudAssemblyError {
    return new CloudAssemblyError(
      this.#whyUnknown(this.#resolved()) ??
        `${this.path} ${problem}: got ${quoteValue(shown)}. ${hasServerlessVariable(shown) ? packageFirst : remedy}`,
      factId === undefined ? {} : { factId },
    );
  }

  #resolved(): unknown {
    const value = this.#scope.resolve(this.#value, this.path);
    return value === noValue ? undefined : value;
  }

  #readable(value: TemplateValue): TemplateValue {
    if (typeof value === "string") return this.#scope.readable(value);
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map((item) => this.#readable(item));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, this.#readable(member)]),
    );
  }

  #mapping(): JsonObject {
    const value = this.#resolved();
    if (!isJsonObject(value)) throw this.#mustBe("a mapping", value);
    return value;
  }

  #mustBe(expected: string, value: unknown): CloudAssemblyError {
    const got = this.#scope.readable(quoteValue(value));
    return new CloudAssemblyError(
      this.#whyUnknown(value) ?? `${this.path} must be ${expected}: got ${got}.`,
    );
  }

  #whyUnknown(value: unknown): string | undefined {
    return typeof value === "string" ? this.#scope.whyUnknown(value, this.path) : undefined;
  }
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}
