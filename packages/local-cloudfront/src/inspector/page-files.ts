import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the inspector's page. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Where the build puts the page, seen from the sources or from the bundle. */
const pageFolder = fileURLToPath(
  new URL(
    extname(import.meta.url) === ".ts" ? "../../dist/inspector-page" : "./inspector-page",
    import.meta.url,
  ),
);

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
};

let files: Promise<ReadonlyMap<string, PageFile>> | undefined;

/** Returns the files of the page by their path, read when the page is first opened. */
export function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  return (files ??= readPage());
}

async function readPage(): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(pageFolder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const read = names.map(async (file): Promise<[string, PageFile]> => {
    const path = file.slice(pageFolder.length).replaceAll("\\", "/");
    const contentType = contentTypes[extname(file)] ?? "application/octet-stream";
    return [path === "/index.html" ? "/" : path, { contentType, bytes: await readFile(file) }];
  });
  return new Map(await Promise.all(read));
}
