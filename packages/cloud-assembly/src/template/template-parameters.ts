import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";
import { quoteValue, scalarText } from "../value/template-value.ts";
import { isKnown } from "../value/unknown.ts";

/** A parameter's value, or why it has none. */
export type ParameterValue =
  | { readonly kind: "known"; readonly value: string | readonly string[] }
  | { readonly kind: "parameter" | "ssm-parameter"; readonly reason: string };

/**
 * Returns a parameter's value: text, or a list of texts for the list types. Where its value lies in
 * SSM (`AWS::SSM::Parameter::Value<…>`), its default is the name of an SSM parameter, so that only a
 * deployment knows the value.
 *
 * @param declared as in the template's `Parameters`.
 * @param passed what the deployment or the parent stack passes; it wins over the default. For a
 *   parameter in SSM, the value itself.
 * @throws {CloudAssemblyError} when the value is not allowed.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export function parameterValue(name: string, declared: unknown, passed: unknown): ParameterValue {
  const path = `Parameters.${name}`;
  const parameter: JsonObject = isJsonObject(declared) ? declared : {};
  const type = scalarText(parameter["Type"]) ?? "String";
  const given = passed ?? parameter["Default"];
  if (type.startsWith("AWS::SSM::Parameter::Value") && passed === undefined) {
    return { kind: "ssm-parameter", reason: `has its value in SSM: got ${quoteValue(given)}.` };
  }
  const text = Array.isArray(given) ? given.join(",") : scalarText(given);
  if (text === undefined) {
    return { kind: "parameter", reason: `must have a value: got ${quoteValue(given)}.` };
  }
  if (isKnown(text)) {
    checkAllowed(text, parameter["AllowedValues"], path);
    if (type === "Number" && (text.trim() === "" || Number.isNaN(Number(text)))) {
      throw new CloudAssemblyError(`${path} must be a number: got ${quoteValue(given)}.`);
    }
  }
  if (!/List\b/.test(type)) return { kind: "known", value: text };
  return {
    kind: "known",
    value: text === "" ? [] : text.split(",").map((item) => item.trim()),
  };
}

function checkAllowed(text: string, allowedValues: unknown, path: string): void {
  if (!Array.isArray(allowedValues)) return;
  const allowed = allowedValues.map((value) => scalarText(value));
  if (allowed.includes(text)) return;
  throw new CloudAssemblyError(
    `${path} must be one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}: got ${JSON.stringify(text)}.`,
  );
}
