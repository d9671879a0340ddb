import type { Rule, WorkspacePackage, Workspace } from "../workspace.ts";

const medianLines = 80;
const ninetiethLines = 200;
/** Below that a median says nothing. */
const enoughFiles = 5;

/** Files are short: at most half of a package's files are longer than 80 lines, at most a tenth than 200. */
export const fileSizes: Rule = (workspace) =>
  workspace.packages.flatMap((each) => {
    const lines = sourceLines(each, workspace);
    if (lines.length < enoughFiles) return [];
    return [
      ...tooLong(each, "median", lines[Math.floor(lines.length / 2)] ?? 0, medianLines),
      ...tooLong(
        each,
        "90th percentile",
        lines[Math.floor(lines.length * 0.9)] ?? 0,
        ninetiethLines,
      ),
    ];
  });

function sourceLines({ folder, files }: WorkspacePackage, { read }: Workspace): readonly number[] {
  return files
    .filter((path) => /^(?:src|lib|bin)\/.*\.tsx?$/.test(path) && !/\.test(?:-d)?\.ts$/.test(path))
    .map((path) => read(`${folder}/${path}`).split("\n").length - 1)
    .sort((a, b) => a - b);
}

function tooLong(
  { folder }: WorkspacePackage,
  measure: string,
  lines: number,
  allowed: number,
): readonly string[] {
  if (lines <= allowed) return [];
  return [
    `The files of ${folder} are long: got ${lines} lines as their ${measure}. Allowed: ${allowed}. Give what has a name of its own a file of its own.`,
  ];
}
