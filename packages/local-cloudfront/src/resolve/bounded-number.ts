import type { Bounds } from "cf-rules";
import type { TemplateProperty } from "cloud-assembly";

/**
 * Returns a number within bounds, or the default where it is absent.
 *
 * @throws {CloudAssemblyError} when it is outside of them, or no whole number.
 */
export function boundedNumber(
  property: TemplateProperty,
  defaultValue: number,
  { min, max }: Bounds,
  factId?: string,
): number {
  const value = property.number(defaultValue);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw property.error(`must be a whole number from ${min} to ${max}`, "Correct it.", factId);
}
