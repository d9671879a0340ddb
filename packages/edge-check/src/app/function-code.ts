import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { unzipSync } from "fflate";
import { valueAt } from "../json-object.ts";
import type { EdgeApp } from "./edge-app.ts";
import type { Resource } from "./resource.ts";

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
export function functionCode(app: EdgeApp, lambda: Resource): FunctionCode | undefined {
  const inline = lambda.text("Code", "ZipFile");
  if (inline !== undefined) return inlineCode(inline, lambda.knownText("Runtime") ?? "");
  const path = codePath(app, lambda);
  if (path === undefined || !existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return folderCode(path);
  return extname(path) === ".zip" ? zipCode(path) : undefined;
}

function codePath(app: EdgeApp, lambda: Resource): string | undefined {
  const source = app.stacks[lambda.stackIndex]?.source;
  if (source === undefined) return undefined;
  const key = lambda.text("Code", "S3Key") ?? "";
  const asset = source.assets.get(key) ?? source.assets.get(key.replace(/\.zip$/, ""));
  const path = asset ?? valueAt(lambda.metadata, "aws:asset:path") ?? lambda.text("Code");
  return typeof path === "string" ? resolve(dirname(source.templateFile), path) : undefined;
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
  const fileNames = readdirSync(folder, { recursive: true, encoding: "utf8" })
    // A link may lead nowhere.
    .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
    .sort();
  return {
    fileNames,
    packageBytes: zippedBytes(folder, fileNames),
    read: (name) =>
      fileNames.includes(name) ? readFileSync(join(folder, name), "utf8") : undefined,
  };
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16
const headersOfEntryBytes = 30 + 46;
const endOfArchiveBytes = 22;

function zippedBytes(folder: string, fileNames: readonly string[]): number {
  return fileNames.reduce((total, name) => {
    const nameBytes = 2 * Buffer.byteLength(name);
    const content = deflateRawSync(readFileSync(join(folder, name)));
    return total + headersOfEntryBytes + nameBytes + content.byteLength;
  }, endOfArchiveBytes);
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
    packageBytes: bytes.byteLength,
    read(name) {
      const found = unzipSync(bytes, { filter: (entry) => entry.name === name })[name];
      return found && new TextDecoder().decode(found);
    },
  };
}
