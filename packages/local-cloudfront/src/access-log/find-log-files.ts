import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** A file of access logs. */
export interface LogFile {
  readonly path: string;
  /** As it is stored, compressed or not. */
  readonly bytes: number;
}

/**
 * Returns the files that paths name, each once: files as they are named, and those in folders by their names, which
 * CloudFront begins with the date and the hour.
 *
 * @throws {LocalCloudFrontError} when a path names nothing, or a folder without files
 */
export function findLogFiles(paths: readonly string[]): readonly LogFile[] {
  const found = paths.flatMap((path) => filesAt(path));
  const byPath = new Map(found.map((path) => [path, { path, bytes: statSync(path).size }]));
  return [...byPath.values()];
}

function filesAt(path: string): readonly string[] {
  if (path.startsWith("s3://")) {
    throw refusal(path, `Copy it to a folder first: aws s3 sync ${path} logs`);
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw refusal(path, "Pass a file or a folder that exists.");
  if (!stats.isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  if (files.length === 0) throw refusal(path, "The folder has no files.");
  return files;
}

function refusal(path: string, remedy: string): LocalCloudFrontError {
  return new LocalCloudFrontError(
    `Access log cannot be read: got ${JSON.stringify(path)}. ${remedy}`,
  );
}
