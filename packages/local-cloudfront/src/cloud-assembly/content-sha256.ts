import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Returns the SHA-256, hexadecimal, of a file's content, or of the names and contents of all files
 * in a folder; of several one after the other. Times and places do not enter it: the same content
 * gives the same hash.
 *
 * @param paths absolute
 */
export function contentSha256(...paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const name of filesAt(path)) {
      const content = readFileSync(join(path, name));
      hash.update(`${name}\n${content.byteLength}\n`).update(content);
    }
  }
  return hash.digest("hex");
}

/** The file itself is named by the empty name. */
function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [""];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(path, name)).isFile())
    .toSorted();
}
