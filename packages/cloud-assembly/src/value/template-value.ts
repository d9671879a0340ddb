/** A value once all intrinsic functions in it are evaluated. Its texts may hold marks of unknowns. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue };

/** What `AWS::NoValue` stands for: the property counts as not written. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

/** Returns a scalar as CloudFormation writes it into text; undefined for lists and objects. */
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
