import type { StreamedBody } from "../http/streamed-body.ts";
import type { KeptBody } from "../trace/kept-bodies.ts";
import type { TracedHeaders } from "../trace/trace.ts";
import { codingOf, decodeBody, type BodyCoding } from "./decode-body.ts";

/** A body as the page shows it: bounded, decoded, and with its secrets masked. */
export interface ShownBody {
  /** Of the body as it was sent. */
  readonly totalBytes: number;
  /** How many of them are shown. */
  readonly shownBytes: number;
  /** The Content-Encoding that was decoded; undefined where there was none, or an unknown one. */
  readonly decodedFrom: BodyCoding | undefined;
  /** Undefined where it is no text. */
  readonly text: string | undefined;
  readonly base64: string;
}

/**
 * Reads what is kept of a body; undefined where what it is read from has changed.
 *
 * @param mask takes secrets out of a text
 */
export async function showBody(
  { beginning, totalBytes }: KeptBody,
  headers: TracedHeaders,
  mask: (text: string) => string,
): Promise<ShownBody | undefined> {
  const sent = await bytesOf(beginning);
  if (sent === undefined) return undefined;
  const coding = codingOf(headers["content-encoding"]?.[0]?.value ?? "");
  const decoded = coding && (await decodeBody(sent, coding));
  const bytes = decoded ?? sent;
  const text = textOf(bytes, headers["content-type"]?.[0]?.value ?? "");
  const masked = mask(text ?? Buffer.from(bytes).toString("latin1"));
  return {
    totalBytes,
    shownBytes: sent.byteLength,
    decodedFrom: decoded && coding,
    text: text === undefined ? undefined : masked,
    base64: Buffer.from(masked, text === undefined ? "latin1" : "utf8").toString("base64"),
  };
}

async function bytesOf(body: Uint8Array | StreamedBody): Promise<Uint8Array | undefined> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return body.isUnchanged() ? Buffer.concat(chunks) : undefined;
}

/** UTF-8 where it is that, maybe cut off within a character; else ISO-8859-1 where it says to be text. */
function textOf(bytes: Uint8Array, contentType: string): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return contentType.startsWith("text/") ? Buffer.from(bytes).toString("latin1") : undefined;
  }
}
