/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { GuestHost } from "./guest-host.ts";

/** Adds `TextEncoder`, `TextDecoder`, `atob` and `btoa`. */
export function guestText(
  host: GuestHost,
  textOfBytes: (bytes: ArrayLike<number>) => string,
): Record<string, unknown> {
  const encode = (text: string): Uint8Array<ArrayBuffer> => {
    const binary = host.convert(text, "utf8", "latin1");
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  };
  class TextEncoder {
    get encoding(): string {
      return "utf-8";
    }
    encode(text: unknown = ""): Uint8Array {
      return encode(String(text));
    }
    encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
      let read = 0;
      let written = 0;
      for (const character of text) {
        const bytes = encode(character);
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        read += character.length;
        written += bytes.length;
      }
      return { read, written };
    }
  }
  class TextDecoder {
    readonly fatal: boolean;
    readonly ignoreBOM: boolean;
    constructor(
      label = "utf-8",
      options: { readonly fatal?: boolean; readonly ignoreBOM?: boolean } = {},
    ) {
      if (!["utf-8", "utf8"].includes(String(label).toLowerCase())) {
        throw new RangeError(`The "${label}" encoding is not supported`);
      }
      this.fatal = options.fatal === true;
      this.ignoreBOM = options.ignoreBOM === true;
    }
    get encoding(): string {
      return "utf-8";
    }
    decode(source: ArrayBuffer | ArrayBufferView | undefined): string {
      if (source === undefined) return "";
      if (!(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) {
        throw new TypeError('The "input" argument must be an instance of TypedArray');
      }
      const bytes =
        source instanceof ArrayBuffer
          ? new Uint8Array(source)
          : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
      const text = host.convert(textOfBytes(bytes), "latin1", "utf8");
      if (this.fatal && text.includes("\ufffd")) {
        throw new TypeError("The encoded data was not valid");
      }
      return text.startsWith("\ufeff") && !this.ignoreBOM ? text.slice(1) : text;
    }
  }
  const atob = (text: unknown): string => {
    const padded = String(text).replace(/[\t\n\f\r ]/g, "");
    const stripped = padded.replace(/={1,2}$/, "");
    const isPaddedWrong = stripped !== padded && padded.length % 4 !== 0;
    if (isPaddedWrong || /[^A-Za-z0-9+/]/.test(stripped) || stripped.length % 4 === 1) {
      throw new TypeError("the string to be decoded is not correctly encoded");
    }
    return host.convert(stripped, "base64", "latin1");
  };
  const btoa = (text: unknown): string => {
    // oxlint-disable-next-line no-control-regex -- bytes are what is looked for
    if (/[^\u0000-\u00ff]/.test(String(text))) {
      throw new TypeError("invalid character (>= U+00FF)");
    }
    return host.convert(String(text), "latin1", "base64");
  };
  return { TextEncoder, TextDecoder, atob, btoa };
}
