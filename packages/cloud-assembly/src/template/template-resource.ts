import type { AssemblyStack } from "../assembly/cloud-assembly.ts";
import { tryResolve } from "../cloud-assembly-error.ts";
import { listAt, objectAt, valueAt, type JsonObject } from "../value/json.ts";
import { isKnown } from "../value/unknown.ts";
import type { TemplateProperty } from "./template-property.ts";

/**
 * A resource of a template. Its properties are read in one of two ways: one by one and checked
 * (`properties`, for code that needs their values), or as a whole, with marks where only the deployment
 * knows a value (`values`, for code that judges what is there).
 */
export class TemplateResource {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  /** As in `AWS::S3::Bucket`. */
  readonly type: string;
  readonly properties: TemplateProperty;
  /** The resource's `Metadata`. */
  readonly metadata: TemplateProperty;
  #values: JsonObject | undefined;

  constructor(
    stack: AssemblyStack,
    logicalId: string,
    type: string,
    properties: TemplateProperty,
    metadata: TemplateProperty,
  ) {
    this.stack = stack;
    this.logicalId = logicalId;
    this.type = type;
    this.properties = properties;
    this.metadata = metadata;
  }

  /** All properties, evaluated when they are first read: resources refer to each other. */
  get values(): JsonObject {
    this.#values ??= objectAt(this.properties.marked());
    return this.#values;
  }

  /** An entry of the metadata as text; undefined where it is none. */
  metadataText(name: string): string | undefined {
    const value = valueAt(
      tryResolve(() => this.metadata.marked()),
      name,
    );
    return typeof value === "string" ? value : undefined;
  }

  /** A property as text, which may hold marks; undefined where it is none. */
  text(...path: readonly string[]): string | undefined {
    const value = valueAt(this.values, ...path);
    return typeof value === "string" ? value : undefined;
  }

  /** A property as text, undefined where any part of it is left to the deployment. */
  knownText(...path: readonly string[]): string | undefined {
    const text = this.text(...path);
    return text !== undefined && isKnown(text) ? text : undefined;
  }

  /** A property as a number, which YAML may write as text. */
  number(...path: readonly string[]): number | undefined {
    const value = valueAt(this.values, ...path);
    return value === undefined || value === "" || Number.isNaN(Number(value))
      ? undefined
      : Number(value);
  }

  /** The texts of a list, which may hold marks. */
  texts(...path: readonly string[]): readonly string[] {
    return listAt(this.values, ...path).map(String);
  }
}
