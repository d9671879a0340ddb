import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { BucketFolder, StoredObject } from "./bucket-folder.ts";
import { revisionOf } from "./file-revision.ts";

type Objects = ReadonlyMap<string, StoredObject>;

/** Bytes that the files of a zip may have together: they are held in memory. */
const maxUnzippedBytes = 512 * 1024 * 1024;

/** Returns the bucket that the files of a zip stand for; it is read anew when it has changed. */
export function openZipFolder(path: string): BucketFolder {
  let read: { readonly revision: string; readonly objects: Promise<Objects> } | undefined;
  return {
    async readObject(key) {
      const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) return undefined;
      const revision = revisionOf(stats);
      if (read?.revision !== revision) {
        read = { revision, objects: objectsIn(path, Number(stats.mtimeMs)) };
      }
      return (await read.objects).get(key);
    },
    whyNotPublished: () => undefined,
  };
}

async function objectsIn(path: string, lastModifiedMs: number): Promise<Objects> {
  const { unzipSync } = await import("fflate");
  let bytes = 0;
  const entries = unzipSync(await readFile(path), {
    filter: ({ originalSize }) => (bytes += originalSize) <= maxUnzippedBytes,
  });
  const files = Object.entries(entries).filter(([name]) => !name.endsWith("/"));
  return new Map(
    files.map(([name, body]) => {
      const etag = `"${createHash("md5").update(body).digest("hex")}"`;
      return [name, { body, etag, lastModifiedMs }];
    }),
  );
}
