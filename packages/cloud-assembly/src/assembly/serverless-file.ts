import { isJsonObject } from "../value/json.ts";

/** What helps somebody who named a file of the Serverless Framework's own. */
export const packageFirst =
  "It is a file of the Serverless Framework: package the service (`serverless package`), and name the folder that this writes (.serverless).";

/** Whether a file's content is a `serverless.yml`, or a part of one. */
export function isServerlessConfiguration(value: unknown): boolean {
  const isWhole = isJsonObject(value) && "service" in value && "provider" in value;
  return isWhole || hasServerlessVariable(value);
}

/** Whether a value, or one within it, has a variable that the Serverless Framework fills before a deployment. */
export function hasServerlessVariable(value: unknown): boolean {
  return /\$\{(?:self|opt|sls|file)[:(]/.test(JSON.stringify(value) ?? "");
}
