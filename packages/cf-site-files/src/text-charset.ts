import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** So much of a file decides its charset: what follows is taken to be alike. */
const readBytes = 16 * 1024 * 1024;
const chunkBytes = 1024 * 1024;
// https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
const prescannedBytes = 1024;

/** Reads the beginning of a file, part by part, as far as someone asks. */
export function* fileChunks(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, "r");
  try {
    const end = Math.min(fstatSync(descriptor).size, readBytes);
    for (let bytes = 0; bytes < end;) {
      const chunk = new Uint8Array(Math.min(end - bytes, chunkBytes));
      const bytesRead = readSync(descriptor, chunk);
      if (bytesRead === 0) return;
      bytes += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Whether a text is UTF-8: its bytes are, and the text itself, which browsers believe less than a
 * Content-Type, does not say otherwise.
 */
export function isUtf8Text(chunks: Iterable<Uint8Array>, mediaType: string): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  let bytes = 0;
  try {
    for (const chunk of chunks) {
      if (isFirst && saysOtherwise(chunk, mediaType)) return false;
      isFirst = false;
      bytes += chunk.byteLength;
      decoder.decode(chunk, { stream: true });
      // What is left may be cut in the middle of a character.
      if (bytes >= readBytes) return true;
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function saysOtherwise(start: Uint8Array, mediaType: string): boolean {
  // UTF-16 without a byte order mark; no text has a NUL.
  if (start.subarray(0, prescannedBytes).includes(0)) return true;
  return (declaredCharset(start, mediaType) ?? "utf-8") !== "utf-8";
}

/**
 * Returns the charset that a text declares itself, by a byte order mark, an XML declaration, `@charset` or
 * `<meta charset>`, in lower case; undefined where it declares none.
 *
 * @param start The text, or its first 1,024 bytes at least.
 */
export function declaredCharset(start: Uint8Array, mediaType: string): string | undefined {
  const text = Buffer.from(start.buffer, start.byteOffset, start.byteLength).toString(
    "latin1",
    0,
    prescannedBytes,
  );
  const mark = byteOrderMarks.find(([bytes]) => text.startsWith(bytes));
  if (mark !== undefined) return mark[1];
  const declared =
    /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/.exec(text)?.[1] ??
    (mediaType === "text/css" ? /^@charset "([^"]+)";/.exec(text)?.[1] : undefined) ??
    (mediaType === "text/html"
      ? /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1]
      : undefined);
  // What reads as ASCII so far is no UTF-16, whatever it declares: so HTML has it.
  return declared?.toLowerCase().replace(/^(?:utf8|utf-16.*)$/, "utf-8");
}

const byteOrderMarks = [
  ["\u00EF\u00BB\u00BF", "utf-8"],
  ["\u00FF\u00FE", "utf-16le"],
  ["\u00FE\u00FF", "utf-16be"],
] as const;
