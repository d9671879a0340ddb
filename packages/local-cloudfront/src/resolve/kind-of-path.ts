import { statSync } from "node:fs";

/** Returns what lies at an absolute path. */
export function kindOfPath(path: string): "folder" | "file" | "missing" {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return "missing";
  return stats.isDirectory() ? "folder" : "file";
}
