import { readdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import {
  type Entry,
  type LeftOutFile,
  type Place,
  type SiteFile,
  entryOf,
  listedEntryOf,
  notReadable,
  realpathOrUndefined,
  show,
} from "./site-entry.ts";
import { type CompiledRules, compileRules, type SiteFileRules } from "./site-file-rules.ts";
import { type RefusedSiteFile, SiteFilesError } from "./site-files-error.ts";

/** A site. */
export interface SiteListing {
  /** In the order of their keys. */
  readonly files: readonly SiteFile[];
  /** What `exclude` names is not among them. */
  readonly leftOut: readonly LeftOutFile[];
}

/** What a key stands for. */
export type SiteFileLookup =
  | ({ readonly kind: "file" } & SiteFile)
  /** There is something of this name, which is not published; the message says why and what helps. */
  | { readonly kind: "not-published"; readonly message: string }
  | { readonly kind: "absent" };

/** A folder whose files are a site: the same files, whether they are listed or asked for one by one. */
export interface SiteFolder {
  /** @throws {SiteFilesError} naming each entry that cannot be published */
  list(): SiteListing;
  /** Keys are literal: `.`, `..`, empty segments and another case are absent. */
  find(key: string): SiteFileLookup;
}

/** Entries that are reached by links: links to one another multiply. */
const maxLinkedEntries = 50_000;

/**
 * Opens a folder as a site. Links within it are followed, but no path enters the same folder twice by
 * links; a link that leads out of it, to nothing or to itself is refused. What may hold secrets (hidden
 * files but `.well-known`, private keys, dumps, `node_modules`) is left out.
 */
export function openSiteFolder(path: string, rules: SiteFileRules = {}): SiteFolder {
  const compiled = compileRules(rules);
  return {
    list: () => listFiles(realpathSync.native(path), compiled),
    find: (key) => (isFileKey(key) ? findFile(path, key, compiled) : { kind: "absent" }),
  };
}

function listFiles(root: string, rules: CompiledRules): SiteListing {
  const files: SiteFile[] = [];
  const leftOut = new Map<string, LeftOutFile>();
  const refused: RefusedSiteFile[] = [];
  const places: Place[] = [{ path: "", real: root, linked: new Set() }];
  let linkedEntries = 0;
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    for (const name of namesIn(place, refused)) {
      if (place.linked.size > 0) linkedEntries += 1;
      const entry = listedEntryOf(root, place, name, rules);
      if (entry.kind === "file") files.push(fileOnly(entry));
      else if (entry.kind === "folder") places.push(entry.place);
      else if (entry.kind === "left-out") leftOut.set(entry.path, entry);
      else if (entry.kind === "refused") refused.push(entry);
    }
    if (linkedEntries > maxLinkedEntries) {
      const message = `${show(place.path)} is one of more than ${maxLinkedEntries} paths that links to folders lead to. Delete links that lead to one another.`;
      throw new SiteFilesError([{ path: place.path, message }]);
    }
  }
  if (refused.length > 0) throw new SiteFilesError(refused.toSorted(byPath));
  return {
    files: files.toSorted(({ key: one }, { key: other }) => (one < other ? -1 : 1)),
    leftOut: [...leftOut.values()].map(({ path, reason }) => ({ path, reason })).toSorted(byPath),
  };
}

function fileOnly({ key, file, bytes }: SiteFile): SiteFile {
  return { key, file, bytes };
}

function namesIn({ path, real }: Place, refused: RefusedSiteFile[]): readonly string[] {
  try {
    return readdirSync(real);
  } catch (error) {
    refused.push(notReadable(path, error));
    return [];
  }
}

function findFile(path: string, key: string, rules: CompiledRules): SiteFileLookup {
  const root = realpathOrUndefined(path);
  if (root === undefined) return { kind: "absent" };
  const segments = key.split("/");
  const name = segments.at(-1) ?? "";
  const above = segments.slice(0, -1);
  const real = join(root, ...above);
  // Most keys are the paths of files; the others are followed step by step.
  if (realpathOrUndefined(join(real, name)) === join(real, name)) {
    return lookupOf(entryOf(root, { path: above.join("/"), real, linked: new Set() }, name, rules));
  }
  let place: Place = { path: "", real: root, linked: new Set() };
  for (const segment of above) {
    const entry = spelledEntryOf(root, place, segment, rules);
    if (entry.kind !== "folder")
      return entry.kind === "file" ? { kind: "absent" } : lookupOf(entry);
    ({ place } = entry);
  }
  return lookupOf(spelledEntryOf(root, place, name, rules));
}

/** As `entryOf`, but absent where the file system would take another case for the same. */
function spelledEntryOf(root: string, place: Place, name: string, rules: CompiledRules): Entry {
  const entry = entryOf(root, place, name, rules);
  return entry.kind === "absent" || readdirSync(place.real).includes(name)
    ? entry
    : { kind: "absent" };
}

function lookupOf(entry: Entry): SiteFileLookup {
  switch (entry.kind) {
    case "file":
      return entry;
    case "refused":
      return { kind: "not-published", message: entry.message };
    case "left-out":
      return {
        kind: "not-published",
        message: `${show(entry.path)} is left out of the site (${entry.reason}). To publish it, name it in siteFiles.include.`,
      };
    case "excluded":
      return { kind: "not-published", message: "siteFiles.exclude leaves it out of the site." };
    default:
      return { kind: "absent" };
  }
}

/** Whether a key could be the path of a file: S3 has keys that no folder can hold. */
function isFileKey(key: string): boolean {
  if (key.includes("\0") || (sep !== "/" && key.includes(sep))) return false;
  return key.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

function byPath({ path: one }: { path: string }, { path: other }: { path: string }): number {
  return one < other ? -1 : 1;
}
