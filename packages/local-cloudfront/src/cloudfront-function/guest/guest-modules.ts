import type { GuestHost } from "./guest-host.ts";

type Bytes = (text: string) => Uint8Array;

/** Returns the module `crypto`. */
export function guestCrypto(
  host: GuestHost,
  textOfBytes: (bytes: ArrayLike<number>) => string,
  toBytes: Bytes | undefined,
): object {
  const binaryOf = (value: unknown, subject: string, given: unknown): string => {
    if (typeof value === "string") return host.convert(value, "utf8", "latin1");
    if (ArrayBuffer.isView(value)) {
      return textOfBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    }
    if (value instanceof ArrayBuffer) return textOfBytes(new Uint8Array(value));
    throw new TypeError(
      `${subject} argument "${String(given)}" is not a string or Buffer-like object`,
    );
  };
  const checkAlgorithm = (name: unknown): string => {
    if (typeof name !== "string") throw new TypeError("algorithm must be a string");
    if (!["md5", "sha1", "sha256"].includes(name)) {
      throw new TypeError(`not supported algorithm: "${name}"`);
    }
    return name;
  };
  class Hash {
    #data = "";
    #isDone = false;
    readonly #algorithm: string;
    readonly #key: string | undefined;
    constructor(algorithm: string, key?: string) {
      this.#algorithm = algorithm;
      this.#key = key;
    }
    update(data: unknown): this {
      if (this.#isDone) throw new Error("Digest already called");
      this.#data += binaryOf(data, "data", typeof data);
      return this;
    }
    digest(encoding?: string): unknown {
      if (this.#isDone) throw new Error("Digest already called");
      this.#isDone = true;
      if (encoding !== undefined && !["hex", "base64", "base64url"].includes(encoding)) {
        throw new TypeError(`Unknown digest encoding: "${encoding}"`);
      }
      const digest = host.hash(this.#algorithm, this.#data, this.#key);
      return encoding === undefined
        ? (toBytes?.(digest) ?? digest)
        : host.convert(digest, "latin1", encoding as "hex");
    }
  }
  return Object.freeze({
    createHash: (algorithm: unknown) => new Hash(checkAlgorithm(algorithm)),
    createHmac: (algorithm: unknown, key: unknown) =>
      new Hash(checkAlgorithm(algorithm), binaryOf(key, "key", typeof key)),
  });
}

/** Returns the module `querystring`. */
export function guestQuerystring(): object {
  const escape = (text: unknown): string => encodeURIComponent(String(text));
  const unescape = (text: unknown): string => {
    const spaced = String(text).replace(/\+/g, " ");
    try {
      return decodeURIComponent(spaced);
    } catch {
      return spaced.replace(/(?:%[\da-fA-F]{2})+/g, (encoded) => {
        try {
          return decodeURIComponent(encoded);
        } catch {
          return encoded;
        }
      });
    }
  };
  const parse = (
    text: unknown,
    separator = "&",
    equals = "=",
    {
      maxKeys = 1000,
      decodeURIComponent: decode = unescape,
    }: { maxKeys?: number; decodeURIComponent?: (text: string) => string } = {},
  ): Record<string, string | string[]> => {
    const parsed: Record<string, string | string[]> = {};
    if (typeof text !== "string") return parsed;
    const parts = text.split(separator || "&");
    for (const part of maxKeys === 0 ? parts : parts.slice(0, maxKeys)) {
      if (part === "") continue;
      const index = part.indexOf(equals || "=");
      const key = decode(index === -1 ? part : part.slice(0, index));
      const value = index === -1 ? "" : decode(part.slice(index + (equals || "=").length));
      const before = Object.prototype.hasOwnProperty.call(parsed, key) ? parsed[key] : undefined;
      parsed[key] =
        before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
    }
    return parsed;
  };
  const stringify = (
    object: Record<string, unknown>,
    separator = "&",
    equals = "=",
    { encodeURIComponent: encode = escape }: { encodeURIComponent?: (text: string) => string } = {},
  ): string => {
    if (typeof object !== "object" || object === null) return "";
    const textOf = (value: unknown): string =>
      ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
    return Object.keys(object)
      .map((key) => {
        const value = object[key];
        return (Array.isArray(value) ? value : [value])
          .map((item) => `${encode(key)}${equals || "="}${encode(textOf(item))}`)
          .join(separator || "&");
      })
      .filter((part) => part !== "")
      .join(separator || "&");
  };
  return Object.freeze({ escape, unescape, parse, decode: parse, stringify, encode: stringify });
}
