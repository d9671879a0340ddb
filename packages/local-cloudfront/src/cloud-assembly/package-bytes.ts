import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";

/** No quota is below: what is smaller unzipped need not be zipped to be measured. */
const zippedAboveBytes = 1_048_576;

/**
 * Returns how many bytes a function's package has when zipped, or its unzipped bytes where even
 * those are within every quota.
 *
 * @param path absolute: of a zip file, or of a folder that is zipped on upload.
 */
export function packageBytes(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  const files = readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
  const unzippedBytes = sum(files.map((file) => statSync(file).size));
  return unzippedBytes <= zippedAboveBytes
    ? unzippedBytes
    : sum(files.map((file) => deflateRawSync(readFileSync(file)).byteLength));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
