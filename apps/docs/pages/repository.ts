import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** Returns the absolute path of a file of the repository. */
export function repositoryPath(path: string): string {
  return join(root, path);
}

/** Reads a file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(repositoryPath(path), "utf8");
}

/** Lists a folder of the repository in alphabetical order; empty where there is none. */
export function filesIn(folder: string): readonly string[] {
  const path = repositoryPath(folder);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
}
