import { listAt, objectAt, valueAt, type JsonObject } from "../json-object.ts";
import { isKnown } from "../template/mark.ts";

/** A resource with its properties evaluated as far as they are known before the deployment. */
export class Resource {
  /** The place of its stack in the app. */
  readonly stackIndex: number;
  readonly logicalId: string;
  readonly type: string;
  readonly #raw: unknown;
  readonly #evaluate: (value: unknown) => unknown;
  #properties: JsonObject | undefined;

  constructor(
    stackIndex: number,
    logicalId: string,
    raw: unknown,
    evaluate: (value: unknown) => unknown,
  ) {
    this.stackIndex = stackIndex;
    this.logicalId = logicalId;
    this.type = String(valueAt(raw, "Type"));
    this.#raw = raw;
    this.#evaluate = evaluate;
  }

  /** Evaluated when they are first asked for: resources refer to each other. */
  get properties(): JsonObject {
    this.#properties ??= objectAt(this.#evaluate(objectAt(this.#raw, "Properties")));
    return this.#properties;
  }

  get metadata(): JsonObject {
    return objectAt(this.#raw, "Metadata");
  }

  /** A property as text, which may hold marks. */
  text(...path: readonly string[]): string | undefined {
    const value = valueAt(this.properties, ...path);
    return typeof value === "string" ? value : undefined;
  }

  /** A property as text, undefined where any part of it is left to the deployment. */
  knownText(...path: readonly string[]): string | undefined {
    const text = this.text(...path);
    return text !== undefined && isKnown(text) ? text : undefined;
  }

  /** A property as a number, which YAML may write as text. */
  number(...path: readonly string[]): number | undefined {
    const value = valueAt(this.properties, ...path);
    return value === undefined || value === "" || Number.isNaN(Number(value))
      ? undefined
      : Number(value);
  }

  /** The texts of a list; marks are kept, since something is there. */
  texts(...path: readonly string[]): readonly string[] {
    return listAt(this.properties, ...path).map(String);
  }
}
