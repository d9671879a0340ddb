/** A value once all intrinsic functions in it are evaluated. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue };

/** What `AWS::NoValue` stands for: the property is as good as not written. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

/** A mapping as it stands in the template, with whatever intrinsic functions it holds. */
export type RawMapping = { readonly [name: string]: unknown };

/** Whether a value is a mapping: neither a list nor a scalar. */
export function isMapping(value: unknown): value is RawMapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns a scalar as CloudFormation writes it into text; undefined for lists and mappings. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Returns a value for an error message: as JSON, cut where it would fill the screen. */
export function quoteValue(value: unknown): string {
  if (value === undefined || value === noValue) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
