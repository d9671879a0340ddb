/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { GuestHost, HostEncoding } from "./guest-host.ts";

type Source = string | ArrayLike<number> | ArrayBuffer | { readonly data: ArrayLike<number> };

/** The text of bytes, one character each. */
export function guestTextOfBytes(bytes: ArrayLike<number>): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 1) {
    text += String.fromCharCode(bytes[index] ?? 0);
  }
  return text;
}

/** Returns the class `Buffer` of the runtime. */
export function guestBufferClass(
  host: GuestHost,
  textOfBytes: (bytes: ArrayLike<number>) => string,
): typeof Uint8Array {
  const encodings: readonly string[] = ["utf8", "utf-8", "hex", "base64", "base64url"];
  const encodingOf = (name: unknown = "utf8"): HostEncoding => {
    if (!encodings.includes(String(name))) {
      throw new TypeError(`"${String(name)}" encoding is not supported`);
    }
    return name === "utf-8" ? "utf8" : (name as HostEncoding);
  };
  const bytesOf = (text: string, encoding: unknown): Buffer => {
    const binary = host.convert(text, encodingOf(encoding), "latin1");
    const bytes = new Buffer(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  };
  const toBuffer = (value: unknown, encoding?: unknown): Buffer =>
    typeof value === "string" ? bytesOf(value, encoding) : Buffer.from(value as Source);

  const check = (subject: string, value: unknown): Uint8Array => {
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`"${subject}" argument must be an instance of Buffer or Uint8Array`);
  };
  const notBytes = (value: unknown): TypeError => {
    const type = value === null ? "null" : typeof value;
    return new TypeError(`first argument ${type} is not a string or Buffer-like object`);
  };
  const checkSize = (size: unknown): void => {
    if (typeof size !== "number") throw new TypeError('"size" argument must be of type number');
    if (size < 0) throw new RangeError("invalid size");
  };

  class Buffer extends Uint8Array {
    static override from(source: unknown, encoding?: unknown, length?: unknown): Buffer {
      const value = source as Source;
      if (typeof value === "string") return bytesOf(value, encoding);
      if (value instanceof ArrayBuffer) {
        return new Buffer(value, encoding as number | undefined, length as number | undefined);
      }
      if (typeof value !== "object" || value === null) throw notBytes(value);
      const list = "data" in value ? value.data : value;
      if (typeof list.length !== "number") throw notBytes(value);
      const bytes = new Buffer(list.length);
      for (let index = 0; index < list.length; index += 1) bytes[index] = Number(list[index]);
      return bytes;
    }
    static alloc(size: number, fill?: string | number, encoding?: string): Buffer {
      checkSize(size);
      const bytes = new Buffer(size);
      return fill === undefined ? bytes : bytes.fill(fill as number, 0, size, encoding);
    }
    static allocUnsafe(size: number): Buffer {
      checkSize(size);
      return new Buffer(size);
    }
    static byteLength(value: string | ArrayLike<number>, encoding?: unknown): number {
      if (typeof value === "string") return bytesOf(value, encoding).length;
      const { byteLength } = value as Uint8Array;
      if (byteLength === undefined) throw notBytes(value);
      return byteLength;
    }
    static isBuffer(value: unknown): boolean {
      return value instanceof Buffer;
    }
    static isEncoding(name: unknown): boolean {
      return encodings.includes(String(name));
    }
    static compare(one: Uint8Array, other: Uint8Array): number {
      const a = textOfBytes(check("source", one));
      const b = textOfBytes(check("target", other));
      return a === b ? 0 : a < b ? -1 : 1;
    }
    static concat(list: readonly Uint8Array[], length?: number): Buffer {
      if (!Array.isArray(list)) {
        throw new TypeError('"list" argument must be an instance of Array');
      }
      list.forEach((bytes, index) => check(`list[${index}]`, bytes));
      const total = length ?? list.reduce((sum, bytes) => sum + bytes.length, 0);
      const joined = new Buffer(total);
      let offset = 0;
      for (const bytes of list) {
        const part = bytes.subarray(0, Math.max(0, total - offset));
        joined.set(part, offset);
        offset += part.length;
      }
      return joined;
    }

    compare(other: Uint8Array): number {
      return Buffer.compare(this, check("target", other));
    }
    equals(other: Uint8Array): boolean {
      return this.compare(other) === 0;
    }
    copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
      check("target", target);
      const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
      target.set(part, targetStart);
      return part.length;
    }
    override fill(value: number | string, start = 0, end = this.length, encoding?: string): this {
      if (typeof value === "number") return super.fill(value, start, end);
      const bytes = toBuffer(value, encoding);
      if (bytes.length === 0) return super.fill(0, start, end);
      for (let index = start; index < end; index += 1) {
        this[index] = bytes[(index - start) % bytes.length] ?? 0;
      }
      return this;
    }
    override indexOf(value: unknown, from = 0, encoding?: string): number {
      if (typeof value === "number") return super.indexOf(value & 255, from);
      return textOfBytes(this).indexOf(textOfBytes(toBuffer(value, encoding)), from);
    }
    override lastIndexOf(value: unknown, from = Infinity, encoding?: string): number {
      const bytes = typeof value === "number" ? [value & 255] : toBuffer(value, encoding);
      return textOfBytes(this).lastIndexOf(textOfBytes(bytes), from);
    }
    override includes(value: unknown, from = 0, encoding?: string): boolean {
      return this.indexOf(value, from, encoding) !== -1;
    }
    toJSON(): object {
      return { type: "Buffer", data: Array.prototype.slice.call(this) };
    }
    override toString(encoding?: string, start = 0, end = this.length): string {
      return host.convert(textOfBytes(this.subarray(start, end)), "latin1", encodingOf(encoding));
    }
    write(text: string, offset = 0, length = this.length - offset, encoding?: string): number {
      const bytes = bytesOf(text, encoding).subarray(0, Math.min(length, this.length - offset));
      this.set(bytes, offset);
      return bytes.length;
    }
  }
  // Nobody makes one with `new`.
  const Exposed = function Buffer(): never {
    throw new TypeError("Buffer is not a constructor");
  } as unknown as typeof Uint8Array;
  for (const key of Object.getOwnPropertyNames(Buffer)) {
    if (key === "length" || key === "name") continue;
    const descriptor = Object.getOwnPropertyDescriptor(Buffer, key);
    if (descriptor !== undefined) Object.defineProperty(Exposed, key, descriptor);
  }
  Object.defineProperty(Exposed, Symbol.species, { value: Buffer });
  Object.defineProperty(Buffer.prototype, "constructor", { value: Exposed });
  return Exposed;
}

/** Adds the methods that read and write numbers, and those that swap bytes. */
export function guestBufferNumbers(BufferClass: typeof Uint8Array): void {
  const prototype = BufferClass.prototype as unknown as Record<string, unknown>;
  type Bytes = Uint8Array;
  const viewOf = (bytes: Bytes): DataView =>
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checkBounds = (bytes: Bytes, offset: number, size: number): void => {
    if (offset < 0) throw new RangeError("invalid index");
    if (offset + size > bytes.length) {
      throw new RangeError(`index ${offset} is outside the bound of the buffer`);
    }
  };
  const add = (name: string, method: (this: Bytes, ...args: number[]) => unknown): void => {
    Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
  };
  const kinds: readonly (readonly [name: string, view: string, bytes: number])[] = [
    ["Int8", "Int8", 1],
    ["UInt8", "Uint8", 1],
    ["Int16", "Int16", 2],
    ["UInt16", "Uint16", 2],
    ["Int32", "Int32", 4],
    ["UInt32", "Uint32", 4],
    ["Float", "Float32", 4],
    ["Double", "Float64", 8],
  ];
  for (const [name, view, size] of kinds) {
    for (const end of size === 1 ? [""] : ["BE", "LE"]) {
      const isLittle = end === "LE";
      add(`read${name}${end}`, function (offset = 0) {
        checkBounds(this, offset, size);
        const read = viewOf(this) as unknown as Record<string, (at: number, l: boolean) => number>;
        return read[`get${view}`]?.(offset, isLittle);
      });
      add(`write${name}${end}`, function (value = 0, offset = 0) {
        checkBounds(this, offset, size);
        const write = viewOf(this) as unknown as Record<
          string,
          (at: number, value: number, l: boolean) => void
        >;
        write[`set${view}`]?.(offset, value, isLittle);
        return offset + size;
      });
    }
  }
  const checkLength = (bytes: Bytes, offset: number, length: number): void => {
    if (length > 6) throw new TypeError('"byteLength" must be <= 6');
    checkBounds(bytes, offset, length);
  };
  for (const end of ["BE", "LE"]) {
    const at = (offset: number, length: number, index: number): number =>
      end === "LE" ? offset + length - 1 - index : offset + index;
    const readUnsigned = (bytes: Bytes, offset: number, length: number): number => {
      checkLength(bytes, offset, length);
      let value = 0;
      for (let index = 0; index < length; index += 1) {
        value = value * 256 + (bytes[at(offset, length, index)] ?? 0);
      }
      return value;
    };
    add(`readUInt${end}`, function (offset = 0, length = 1) {
      return readUnsigned(this, offset, length);
    });
    add(`readInt${end}`, function (offset = 0, length = 1) {
      const value = readUnsigned(this, offset, length);
      return value >= 2 ** (length * 8 - 1) ? value - 2 ** (length * 8) : value;
    });
    for (const name of [`writeUInt${end}`, `writeInt${end}`]) {
      add(name, function (value = 0, offset = 0, length = 1) {
        checkLength(this, offset, length);
        let rest = value < 0 ? value + 2 ** (length * 8) : value;
        for (let index = length - 1; index >= 0; index -= 1) {
          this[at(offset, length, index)] = rest % 256;
          rest = Math.floor(rest / 256);
        }
        return offset + length;
      });
    }
  }
  for (const size of [2, 4, 8]) {
    add(`swap${size * 8}`, function () {
      for (let offset = 0; offset + size <= this.length; offset += size) {
        this.subarray(offset, offset + size).reverse();
      }
      return this;
    });
  }
}
