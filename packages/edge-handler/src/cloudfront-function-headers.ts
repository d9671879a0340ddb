import type { CloudFrontFunctionValues, ResultHeaders } from "cf-types";

/**
 * Returns headers as CloudFront Functions have them, of headers as Lambda@Edge has them: values by lower-case
 * name. `set-cookie` is not among them, for the engine has cookies apart (FN-I-08).
 */
export function cloudFrontFunctionHeaders(headers: ResultHeaders): {
  [name: string]: CloudFrontFunctionValues;
} {
  const converted: { [name: string]: CloudFrontFunctionValues } = {};
  Object.keys(headers).forEach((name) => {
    const lines = headers[name];
    const first = lines && lines[0];
    if (!lines || !first || name === "set-cookie") return;
    const multiValue = lines.map((line) => ({ value: line.value }));
    converted[name] =
      lines.length > 1 ? { value: first.value, multiValue } : { value: first.value };
  });
  return converted;
}
