import { readFileSync } from "node:fs";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { expectObject, type JsonObject } from "./json-shape.ts";

/**
 * Reads a UTF-8 file.
 *
 * @throws {LocalCloudFrontError} when it cannot be read; the message carries `remedy`.
 */
export function readTextFile(file: string, remedy: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new LocalCloudFrontError(
      `File ${JSON.stringify(file)} cannot be read${reason}. ${remedy}`,
      { cause: error },
    );
  }
}

/**
 * Reads a JSON file that holds an object.
 *
 * @throws {LocalCloudFrontError} when it cannot be read or is no such JSON.
 */
export function readJsonObjectFile(file: string, remedy: string): JsonObject {
  const text = readTextFile(file, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LocalCloudFrontError(
      `File ${JSON.stringify(file)} is not valid JSON: ${reason}. ${remedy}`,
      { cause: error },
    );
  }
  return expectObject(value, `File ${JSON.stringify(file)}`, remedy);
}
