import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";

/** No quota is below: what is smaller before compression need not be compressed to be measured. */
const compressedAboveBytes = 1_048_576;

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16
const headersOfEntryBytes = 30 + 46;
const endOfArchiveBytes = 22;

/**
 * Returns how many bytes a function's deployment package has. Lambda counts the zip archive, its
 * headers included; for a folder, the size of the archive that a deployment would make is computed,
 * or that of an uncompressed archive where even that is within every quota.
 *
 * @param path absolute: of a zip file, or of a folder that is zipped on upload.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html CodeSize
 */
export function packageBytes(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  const names = filesIn(path);
  const headers = names.reduce(
    (total, name) => total + headersOfEntryBytes + 2 * Buffer.byteLength(name),
    endOfArchiveBytes,
  );
  const archive = (contentBytes: (file: string) => number): number =>
    names.reduce((total, name) => total + contentBytes(join(path, name)), headers);
  const uncompressed = archive((file) => statSync(file).size);
  return uncompressed <= compressedAboveBytes
    ? uncompressed
    : archive((file) => deflateRawSync(readFileSync(file)).byteLength);
}

/**
 * Returns the names of all files in a folder, relative to it and sorted; links that lead nowhere are
 * left out.
 *
 * @throws {CloudAssemblyError} when a link leads to a folder that it lies in
 */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
      .toSorted();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ELOOP")) throw cause;
    throw new CloudAssemblyError(
      `Folder ${JSON.stringify(folder)} has a link that leads to a folder that it lies in. Delete the link, and build the function again.`,
      { cause },
    );
  }
}
