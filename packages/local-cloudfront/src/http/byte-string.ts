/**
 * The texts of requests and responses are byte strings here, as Node reads and writes them: one
 * character for each byte on the wire. These functions translate them.
 */
const beyondAscii = /[^\0-\x7f]/;
const beyondBytes = /[^\0-\xff]/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns what bytes mean: UTF-8 where they are that, else ISO-8859-1 (LE-B-18). */
export function textOfBytes(bytes: string): string {
  if (!beyondAscii.test(bytes) || beyondBytes.test(bytes)) return bytes;
  try {
    return utf8.decode(Buffer.from(bytes, "latin1"));
  } catch {
    return bytes;
  }
}

/** Returns the bytes of a text in UTF-8 (LE-B-19). */
export function bytesOfText(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** Returns the same bytes, or those of a text that has never been bytes, in UTF-8. */
export function asBytes(bytesOrText: string): string {
  return beyondBytes.test(bytesOrText) ? bytesOfText(bytesOrText) : bytesOrText;
}

/** Writes the bytes that the target of a request cannot hold as percent-encoded. */
export function percentEncodeBytes(bytes: string): string {
  return asBytes(bytes).replaceAll(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
