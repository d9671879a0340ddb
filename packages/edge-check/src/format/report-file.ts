import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FindingPlace } from "../finding.ts";

/** A file of a repository, as reports name it. */
export interface ReportFile {
  /** Relative to the root of the repository, with slashes; absolute where the file is outside of it. */
  readonly path: string;
  readonly line: number | undefined;
}

/**
 * Returns the line that people review: that of the app's source, else that of the template, which a CDK
 * app writes into a folder that is no part of the repository.
 */
export function reviewedFile({ source, templateFile, line }: FindingPlace): ReportFile {
  const [, file, sourceLine] = /^(.*?):(\d+)(?::\d+)?$/.exec(source ?? "") ?? [];
  return file === undefined
    ? repositoryFile(templateFile, line)
    : repositoryFile(file, Number(sourceLine));
}

/** @param file a relative path starts at the working directory. */
export function repositoryFile(file: string, line?: number): ReportFile {
  const absolute = resolve(file);
  const path = relative(repositoryRoot(), absolute);
  const isOutside = isAbsolute(path) || path.split(sep)[0] === "..";
  return { path: (isOutside ? absolute : path).split(sep).join("/"), line };
}

/** The checkout of a workflow, else the nearest folder of Git, else the working directory. */
function repositoryRoot(): string {
  return process.env["GITHUB_WORKSPACE"] ?? gitRoot(process.cwd()) ?? process.cwd();
}

function gitRoot(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : gitRoot(parent);
}
