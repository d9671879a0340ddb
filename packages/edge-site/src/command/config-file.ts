import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { EdgeSiteError } from "../edge-site-error.ts";

const names = ["edge.config.ts", "edge.config.mts", "edge.config.js", "edge.config.mjs"];

/** A workspace has its apps two levels down. */
const deepest = 2;

/**
 * Finds the configuration.
 *
 * @param path A file, or a folder that has one; relative to the working directory. Where it is left out, the working
 *   directory has it, or its folders have exactly one.
 * @returns Its absolute path.
 * @throws {EdgeSiteError} `INVALID_ARGUMENT` when there is none, or more than one.
 */
export function configFileAt(path?: string): string {
  const absolute = resolve(path ?? ".");
  if (statSync(absolute, { throwIfNoEntry: false })?.isFile() === true) return absolute;
  const file = configIn(absolute);
  if (file !== undefined) return file;
  const [below, another] = path === undefined ? configsBelow(absolute, deepest) : [];
  if (below === undefined) {
    throw new EdgeSiteError(
      "INVALID_ARGUMENT",
      `There is no edge.config.ts: looked in ${absolute}. Run the command in its folder, or name it: --config FOLDER.`,
    );
  }
  if (another === undefined) return below;
  const found = [below, another].map((each) => relative(absolute, each)).join(" and ");
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    `There is more than one edge.config.ts: found ${found}. Run the command in the folder of one, or name it: --config FOLDER.`,
  );
}

function configIn(folder: string): string | undefined {
  return names.map((name) => join(folder, name)).find((each) => existsSync(each));
}

function configsBelow(folder: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
    .flatMap(({ name }) => {
      const below = join(folder, name);
      return [configIn(below) ?? configsBelow(below, depth - 1)].flat();
    });
}
