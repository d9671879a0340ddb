import { readFileSync } from "node:fs";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";

/** What helps when an assembly is damaged or incomplete: the last sentence of an error. */
export const synthesizeAgain = "Synthesize the app again (`cdk synth`).";

/**
 * Reads a UTF-8 file.
 *
 * @throws {CloudAssemblyError} when it cannot be read; the message ends in `remedy`.
 */
export function readTextFile(file: string, remedy: string = synthesizeAgain): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new CloudAssemblyError(
      `File ${JSON.stringify(file)} cannot be read${reason}. ${remedy}`,
      {
        cause,
      },
    );
  }
}

/**
 * Reads a JSON file that holds an object.
 *
 * @throws {CloudAssemblyError} when it cannot be read or holds something else.
 */
export function readJsonFile(file: string, remedy: string = synthesizeAgain): JsonObject {
  const text = readTextFile(file, remedy);
  const subject = `File ${JSON.stringify(file)}`;
  try {
    return expectObject(JSON.parse(text), subject, remedy);
  } catch (cause) {
    if (cause instanceof CloudAssemblyError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CloudAssemblyError(`${subject} is not valid JSON: ${reason}. ${remedy}`, { cause });
  }
}

/**
 * Returns a value of an assembly's file as an object.
 *
 * @param subject file and property, the head of the error's sentence.
 * @throws {CloudAssemblyError} when it is none.
 */
export function expectObject(
  value: unknown,
  subject: string,
  remedy: string = synthesizeAgain,
): JsonObject {
  if (isJsonObject(value)) return value;
  throw new CloudAssemblyError(`${subject} must be an object: got ${excerpt(value)}. ${remedy}`);
}

/**
 * Returns a value of an assembly's file as a string that is not empty.
 *
 * @param subject file and property, the head of the error's sentence.
 * @throws {CloudAssemblyError} when it is none.
 */
export function expectString(value: unknown, subject: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new CloudAssemblyError(
    `${subject} must be a string: got ${excerpt(value)}. ${synthesizeAgain}`,
  );
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
