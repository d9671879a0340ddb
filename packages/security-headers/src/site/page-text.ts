import { declaredCharset } from "cf-site-files";

/** A page as browsers read it. */
export interface PageText {
  readonly html: string;
  /** Whether the text, written as UTF-8, is the page byte for byte. */
  readonly isUtf8: boolean;
}

/** Returns a page's text by its byte order mark, its `<meta charset>`, else as UTF-8 or Windows-1252. */
export function pageText(content: string | Uint8Array): PageText {
  if (typeof content === "string") return { html: content, isUtf8: true };
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const utf8 = decoded(bytes, "utf-8");
  // A byte order mark has the last word, and the text keeps it.
  if (utf8?.startsWith("\uFEFF") === true) return { html: utf8, isUtf8: true };
  const declared = declaredCharset(bytes, "text/html") ?? "utf-8";
  if (declared === "utf-8" && utf8 !== undefined) return { html: utf8, isUtf8: true };
  const html = decoded(bytes, declared) ?? new TextDecoder("windows-1252").decode(bytes);
  return { html, isUtf8: html === utf8 };
}

/** Undefined for an encoding that does not exist, and for bytes that are not in it. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
