import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The fields of a package.json that the checks read. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly edgeFunction?: {
    readonly eventType: string;
    readonly budgetBytes?: number;
    readonly cloudFrontFunction?: {
      readonly budgetBytes?: number;
      readonly variants?: readonly string[];
    };
  };
}

/** Reads the package.json of a folder. */
export function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
