import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "cloud-assembly";

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
    // The file itself is named by the empty name.
    for (const name of statSync(path).isDirectory() ? filesIn(path) : [""]) {
      const content = readFileSync(join(path, name));
      hash.update(`${name}\n${content.byteLength}\n`).update(content);
    }
  }
  return hash.digest("hex");
}
