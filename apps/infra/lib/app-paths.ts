import { join } from "node:path";

/** Absolute path of apps/infra. */
export const appFolder = join(import.meta.dirname, "..");

/** Absolute path of the file that a user edits. */
export const configFile = join(appFolder, "edge.config.ts");

/** Absolute path of the cloud assembly, as cdk.json names it. */
export const assemblyFolder = join(appFolder, "cdk.out");

/** Absolute path of the cloud assembly that `pnpm dev` keeps up to date: never that of a deploy. */
export const devAssemblyFolder = join(appFolder, ".dev", "cdk.out");
