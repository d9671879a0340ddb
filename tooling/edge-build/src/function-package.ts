import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EdgeBuildError } from "./edge-build-error.ts";
import { type EdgeFunctionSettings, edgeFunctionSettings } from "./edge-function-settings.ts";

/** What a function package's package.json says of its function. */
export interface FunctionPackage {
  readonly packageName: string;
  readonly version: string;
  readonly settings: EdgeFunctionSettings;
}

/**
 * Reads the package.json of a function package.
 *
 * @throws {EdgeBuildError} `INVALID_PACKAGE` when the file is absent, is not JSON, or lacks a name or a
 *   version; `INVALID_SETTING` when its `edgeFunction` field is not valid.
 */
export async function readFunctionPackage(packageFolder: string): Promise<FunctionPackage> {
  const fields = await readFields(join(packageFolder, "package.json"));
  return {
    packageName: text(fields, "name"),
    version: text(fields, "version"),
    settings: edgeFunctionSettings(fields["edgeFunction"]),
  };
}

async function readFields(file: string): Promise<Readonly<Record<string, unknown>>> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (cause) {
    throw new EdgeBuildError(
      "INVALID_PACKAGE",
      `${file} cannot be read. Run edge-build in the folder of a function package.`,
      { cause },
    );
  }
  try {
    return { ...JSON.parse(content) };
  } catch (cause) {
    throw new EdgeBuildError("INVALID_PACKAGE", `${file} is not JSON.`, { cause });
  }
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value === "") {
    throw new EdgeBuildError(
      "INVALID_PACKAGE",
      `${name} in package.json is not valid: got ${JSON.stringify(value) ?? "nothing"}. The manifest needs it as a non-empty string.`,
    );
  }
  return value;
}
