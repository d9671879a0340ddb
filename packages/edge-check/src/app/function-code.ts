import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { filesIn, findAsset, packageBytes, type TemplateResource } from "cloud-assembly";
import { unzipSync } from "fflate";

/** The files that a function consists of. */
export interface FunctionCode {
  /** As in `dist/index.mjs`. */
  readonly fileNames: readonly string[];
  /** Zipped, as Lambda counts them; undefined for inline code. */
  readonly packageBytes: number | undefined;
  /** Returns the text of one of the files; undefined where there is no such file. */
  read(fileName: string): string | undefined;
}

/** Finds a function's code on disk or in the template; undefined where it lies elsewhere. */
export function functionCode(lambda: TemplateResource): FunctionCode | undefined {
  const inline = lambda.text("Code", "ZipFile");
  if (inline !== undefined) return inlineCode(inline, lambda.knownText("Runtime") ?? "");
  const path = codePath(lambda);
  if (path === undefined || !existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return folderCode(path);
  return extname(path) === ".zip" ? zipCode(path) : undefined;
}

function codePath(lambda: TemplateResource): string | undefined {
  const { stack } = lambda;
  const path =
    findAsset(stack, lambda.text("Code", "S3Key") ?? "")?.path ??
    lambda.metadataText("aws:asset:path") ??
    lambda.text("Code");
  return path === undefined ? undefined : resolve(stack.folder, path);
}

/** Lambda names the file of inline code itself. */
function inlineCode(text: string, runtime: string): FunctionCode {
  const fileName = runtime.startsWith("python") ? "index.py" : "index.js";
  return {
    fileNames: [fileName],
    packageBytes: undefined,
    read: (name) => (name === fileName ? text : undefined),
  };
}

function folderCode(folder: string): FunctionCode {
  const fileNames = filesIn(folder);
  return {
    fileNames,
    packageBytes: packageBytes(folder),
    read: (name) =>
      fileNames.includes(name) ? readFileSync(join(folder, name), "utf8") : undefined,
  };
}

function zipCode(file: string): FunctionCode | undefined {
  const bytes = readFileSync(file);
  const fileNames: string[] = [];
  try {
    unzipSync(bytes, {
      filter({ name }) {
        fileNames.push(name);
        return false;
      },
    });
  } catch {
    // Its content is not judged where it is no zip file.
    return undefined;
  }
  return {
    fileNames,
    packageBytes: packageBytes(file),
    read(name) {
      const found = unzipSync(bytes, { filter: (entry) => entry.name === name })[name];
      return found && new TextDecoder().decode(found);
    },
  };
}
