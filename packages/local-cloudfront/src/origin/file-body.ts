import { constants, statSync, type BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import { StreamedBody } from "../http/streamed-body.ts";
import { revisionOf } from "./file-revision.ts";

/** Opens without following a last link and without waiting on pipes: the file was resolved before. */
export const openFlags: number = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const chunkBytes = 256 * 1024;

/**
 * Returns the content of a file as a body that is read while it is sent. An object in S3 is whole, old
 * or new: reading fails before the last byte where the file is no longer what `stats` say.
 */
export function fileBody(file: string, stats: BigIntStats): StreamedBody {
  const revision = revisionOf(stats);
  return new StreamedBody({
    byteLength: Number(stats.size),
    read: (begin, end) => readPart(file, revision, begin, end),
    isUnchanged() {
      try {
        return revisionOf(statSync(file, { bigint: true })) === revision;
      } catch {
        return false;
      }
    },
  });
}

async function* readPart(
  file: string,
  revision: string,
  begin: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const handle = await open(file, openFlags);
  try {
    for (let position = begin; position < end;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, end - position));
      const { bytesRead } = await handle.read(chunk, { position });
      const isUnchanged = revisionOf(await handle.stat({ bigint: true })) === revision;
      if (bytesRead === 0 || !isUnchanged) {
        throw new Error(`File was written to while it was read: ${file}`);
      }
      yield chunk.subarray(0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
