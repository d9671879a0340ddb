import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Unzipped } from "fflate";
import type { FunctionCode } from "../../distribution/edge-functions.ts";
import { LocalCloudFrontError } from "../../local-cloudfront-error.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (read 2026-09-30)
const MAX_UNZIPPED_BYTES = 250 * 1024 * 1024;

/**
 * Puts a function's code into an empty folder of its own, as Lambda puts it into `/var/task`:
 * neither the modules nor the package.json around the source can be seen from there. Where its
 * source maps lie elsewhere, the copy names them.
 *
 * @throws {LocalCloudFrontError} when the code is missing or is no zip file
 */
export async function stageFunctionCode(code: FunctionCode, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  switch (code.kind) {
    case "inline":
      await writeFile(join(folder, code.file ?? "index.js"), code.source);
      break;
    case "folder":
      copyFolder(code.path, folder);
      break;
    case "zip":
      await extractZip(code.path, folder);
  }
  for (const [name, mapFolder] of Object.entries(sourceMapFoldersOf(code))) {
    linkSourceMaps(join(folder, name), mapFolder);
  }
}

function sourceMapFoldersOf(code: FunctionCode): Readonly<Record<string, string>> {
  if (code.kind === "inline") return {};
  return code.sourceMapFolders ?? (code.kind === "folder" ? { "": code.path } : {});
}

/** At once: the few files of an edge function wait longer for their turns than they take. */
function copyFolder(path: string, folder: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new LocalCloudFrontError(
      `Function code ${JSON.stringify(path)} is not a folder. Build the function or run synth again.`,
    );
  }
  try {
    cpSync(path, folder, { recursive: true, dereference: true });
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new LocalCloudFrontError(
      `Function code ${JSON.stringify(path)} cannot be copied: ${reason}. Remove links that lead to their own folder or nowhere, and build the function again.`,
      { cause },
    );
  }
}

async function extractZip(path: string, folder: string): Promise<void> {
  const entries = await readZip(path);
  for (const [name, bytes] of Object.entries(entries)) {
    const file = resolve(folder, name);
    if (!file.startsWith(folder + sep)) {
      throw new LocalCloudFrontError(
        `Function code ${JSON.stringify(path)} holds a file outside of its root: got ${JSON.stringify(name)}. Zip the folder's content with relative names.`,
      );
    }
    if (name.endsWith("/")) {
      await mkdir(file, { recursive: true });
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
}

async function readZip(path: string): Promise<Unzipped> {
  try {
    const bytes = await readFile(path);
    const { unzip } = await import("fflate");
    let unzippedBytes = 0;
    return await new Promise((accept, refuse) => {
      const filter = ({ originalSize }: { readonly originalSize: number }) => {
        unzippedBytes += originalSize;
        if (unzippedBytes > MAX_UNZIPPED_BYTES) {
          throw new RangeError(`more than ${MAX_UNZIPPED_BYTES} bytes when unzipped`);
        }
        return true;
      };
      unzip(bytes, { filter }, (error, entries) => {
        if (error === null) {
          accept(entries);
        } else {
          refuse(error);
        }
      });
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LocalCloudFrontError(
      `Function code ${JSON.stringify(path)} cannot be unzipped: ${reason}. Build the function or run synth again.`,
      { cause },
    );
  }
}

/**
 * Ends each staged file of a folder that has a source map in a folder with the comment that names it: from
 * there its sources are found, which are named relative to it.
 *
 * @param staged the copy of the folder: it is changed
 * @param mapFolder absolute, with `index.cjs.map` for `index.cjs`
 */
function linkSourceMaps(staged: string, mapFolder: string): void {
  if (!existsSync(staged)) return;
  const maps = new Set(readdirSync(mapFolder));
  for (const name of readdirSync(staged)) {
    if (maps.has(`${name}.map`)) linkSourceMap(join(staged, name), mapFolder, name);
  }
}

function linkSourceMap(file: string, mapFolder: string, name: string): void {
  const code = readFileSync(file, "utf8");
  // A path, for Node.js takes no file URL there.
  const { pathname } = pathToFileURL(join(mapFolder, `${name}.map`));
  // The copy may be as little writable as its original.
  writeFileSync(`${file}.linked`, `${code}\n//# sourceMappingURL=${pathname}\n`);
  renameSync(`${file}.linked`, file);
}
