import { createReadStream, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** A file of access logs. */
export interface LogFile {
  /** A path, or the URL of what lies elsewhere. */
  readonly path: string;
  /** As it is stored, compressed or not. */
  readonly bytes: number;
  /** Reads it as it is stored. */
  read(): AsyncIterable<Buffer>;
}

/** Where access logs lie that are not on this machine. */
export interface LogStore {
  /**
   * Returns the files that a URL such as `s3://bucket/prefix` names, in the order in which they were written. Reading one
   * may throw a `LocalCloudFrontError`, which ends the replay.
   *
   * @throws {LocalCloudFrontError} when there are none, or they cannot be listed
   */
  find(url: string): Promise<readonly LogFile[]>;
  /** Returns the URL of the logs that are replayed where none are named. */
  defaultUrl(): Promise<string>;
}

const chunkBytes = 256 * 1024;

/**
 * Returns the files that paths name, each once: files as they are named, and those in folders by their names, which
 * CloudFront begins with the date and the hour.
 *
 * @default store - URLs are refused
 * @throws {LocalCloudFrontError} when a path names nothing, or a folder without files
 */
export async function findLogFiles(
  paths: readonly string[],
  store?: LogStore,
): Promise<readonly LogFile[]> {
  const byPath = new Map<string, LogFile>();
  for (const path of paths) {
    const files = path.startsWith("s3://") ? await filesOf(path, store) : filesAt(path);
    for (const file of files) byPath.set(file.path, file);
  }
  return [...byPath.values()];
}

function filesOf(url: string, store: LogStore | undefined): Promise<readonly LogFile[]> {
  if (store !== undefined) return store.find(url);
  throw refusal(
    url,
    `Read it with npx edge-site replay ${url}, or copy it to a folder first: aws s3 sync ${url} logs`,
  );
}

function filesAt(path: string): readonly LogFile[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw refusal(path, "Pass a file or a folder that exists.");
  if (!stats.isDirectory()) return [localFile(path)];
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  if (files.length === 0) throw refusal(path, "The folder has no files.");
  return files.map(localFile);
}

function localFile(path: string): LogFile {
  return {
    path,
    bytes: statSync(path).size,
    read: () => createReadStream(path, { highWaterMark: chunkBytes }),
  };
}

function refusal(path: string, remedy: string): LocalCloudFrontError {
  return new LocalCloudFrontError(
    `Access log cannot be read: got ${JSON.stringify(path)}. ${remedy}`,
  );
}
