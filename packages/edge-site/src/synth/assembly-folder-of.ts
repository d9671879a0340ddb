import { dirname, join } from "node:path";

/** Returns the absolute path of the cloud assembly of a configuration, beside its file. */
export function assemblyFolderOf(configFile: string): string {
  return join(dirname(configFile), "cdk.out");
}

/** Returns that of the assembly that `edge-site dev` keeps up to date: never that of a deploy. */
export function devAssemblyFolderOf(configFile: string): string {
  return join(dirname(configFile), ".dev", "cdk.out");
}
