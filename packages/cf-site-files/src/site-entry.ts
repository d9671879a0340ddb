import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { holdsPrivateKey } from "./sensitive-kind.ts";
import { type CompiledRules, compileRules } from "./site-file-rules.ts";
import type { RefusedSiteFile } from "./site-files-error.ts";

/** A file of the site. */
export interface SiteFile {
  /** Relative to the site's folder, `/` between segments. */
  readonly key: string;
  /** Absolute path without links. */
  readonly file: string;
  readonly bytes: number;
}

/** A file or folder that is not published unless it is named in `include`. */
export interface LeftOutFile {
  /** Relative to the site's folder, `/` between segments. */
  readonly path: string;
  /** What it is likely to be, as in `private key`. */
  readonly reason: string;
}

/** A folder on the way to a file. */
export interface Place {
  /** Relative to the site's folder. */
  readonly path: string;
  /** Absolute path without links. */
  readonly real: string;
  /** The folders, without links, that the way has entered by links. */
  readonly linked: ReadonlySet<string>;
}

/** What a name stands for in a folder. */
export type Entry =
  | ({ readonly kind: "file" } & SiteFile)
  | { readonly kind: "folder"; readonly place: Place }
  | ({ readonly kind: "left-out" } & LeftOutFile)
  | { readonly kind: "excluded" }
  | ({ readonly kind: "refused" } & RefusedSiteFile)
  | { readonly kind: "absent" };

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const maxKeyBytes = 1024;

/**
 * As `entryOf`, of a name that a folder lists: Node.js reads one that is no UTF-8 as one that does not
 * exist.
 */
export function listedEntryOf(
  root: string,
  place: Place,
  name: string,
  rules: CompiledRules,
): Entry {
  const path = pathIn(place, name);
  if (!name.includes("\uFFFD") || lstatOrUndefined(join(place.real, name)) !== undefined) {
    return entryOf(root, place, name, rules);
  }
  const message = `${show(path)} has a name that is no UTF-8, as keys in S3 are. Rename it.`;
  return { kind: "refused", path, message };
}

const absent: Entry = { kind: "absent" };

/** Returns what a name in a folder stands for; the one rule behind lists and look-ups. */
export function entryOf(root: string, place: Place, name: string, rules: CompiledRules): Entry {
  const path = pathIn(place, name);
  const location = join(place.real, name);
  const stats = lstatOrUndefined(location);
  if (stats === undefined) return absent;
  const verdict = rules.verdictOf(path);
  if (verdict.kind === "excluded") return verdict;
  if (verdict.kind === "sensitive" && !(stats.isDirectory() && rules.hasIncludes)) {
    return { kind: "left-out", path: verdict.path, reason: verdict.reason };
  }
  if (stats.isDirectory()) return { kind: "folder", place: { ...place, path, real: location } };
  const isIncluded = verdict.kind === "included";
  if (stats.isFile()) return fileOf(path, location, stats.size, isIncluded);
  return stats.isSymbolicLink() ? linkedEntryOf(root, place, path, location, isIncluded) : absent;
}

function linkedEntryOf(
  root: string,
  { linked }: Place,
  path: string,
  location: string,
  isIncluded: boolean,
): Entry {
  const refused = (problem: string): Entry => ({
    kind: "refused",
    path,
    message: `${show(path)} is a link ${problem}: got ${show(readlinkSync(location))}. Delete it, put what it is to lead to in its place, or name it in siteFiles.exclude.`,
  });
  const real = realpathOrUndefined(location);
  if (real === undefined) return refused("that leads nowhere");
  const inside = relative(root, real);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return refused("that leads out of the site's folder");
  }
  // Under another name it is what it is.
  const verdict = sensitiveByTarget.verdictOf(inside.split(sep).join("/"));
  if (verdict.kind === "sensitive" && !isIncluded) {
    return { kind: "left-out", path, reason: verdict.reason };
  }
  const stats = statSync(real, { throwIfNoEntry: false });
  if (stats === undefined) return absent;
  if (stats.isFile()) return fileOf(path, real, stats.size, isIncluded);
  if (!stats.isDirectory() || linked.has(real)) return absent;
  return { kind: "folder", place: { path, real, linked: new Set([...linked, real]) } };
}

const sensitiveByTarget = compileRules({});

function fileOf(key: string, file: string, bytes: number, isIncluded: boolean): Entry {
  if (Buffer.byteLength(key) > maxKeyBytes) {
    const message = `${show(key)} is longer than the ${maxKeyBytes} bytes that S3 takes. Give it a shorter name.`;
    return { kind: "refused", path: key, message };
  }
  try {
    return !isIncluded && holdsPrivateKey(file, bytes)
      ? { kind: "left-out", path: key, reason: "private key" }
      : { kind: "file", key, file, bytes };
  } catch (error) {
    return { kind: "refused", ...notReadable(key, error) };
  }
}

/** Returns why an entry is refused that the file system does not let be read. */
export function notReadable(path: string, error: unknown): RefusedSiteFile {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    path,
    message: `${show(path)} cannot be read: ${reason}. Give yourself the permission, or delete it.`,
  };
}

function pathIn({ path }: Place, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** Returns the path without links, or undefined where it leads nowhere. */
export function realpathOrUndefined(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function lstatOrUndefined(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Returns a path as a message shows it. */
export function show(path: string): string {
  return JSON.stringify(path);
}
