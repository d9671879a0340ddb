import { readFileSync } from "node:fs";
import { EdgeCheckError } from "../edge-check-error.ts";

/**
 * Reads a file of an assembly as text.
 *
 * @throws {EdgeCheckError} when it cannot be read.
 */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new EdgeCheckError(
      `File ${JSON.stringify(file)} cannot be read: got ${code}. Synthesize the app again (\`cdk synth\`).`,
      { cause },
    );
  }
}

/**
 * Reads a JSON file of an assembly.
 *
 * @throws {EdgeCheckError} when it cannot be read, or is no JSON.
 */
export function readJsonFile(file: string): unknown {
  const text = readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EdgeCheckError(
      `File ${JSON.stringify(file)} is no JSON: got ${JSON.stringify(text.slice(0, 40))}. Synthesize the app again (\`cdk synth\`).`,
      { cause },
    );
  }
}
