/**
 * The globals of cloudfront-js-2.0, the runtime of CloudFront Functions, and nothing else (FN-I-18, FN-I-19).
 * It takes the place of TypeScript's own lib: `"noLib": true, "types": ["cf-types/cloudfront-js-2.0"]`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

declare var NaN: number;
declare var Infinity: number;
declare function parseInt(text: string, radix?: number): number;
declare function parseFloat(text: string): number;
declare function isNaN(value: number): boolean;
declare function isFinite(value: number): boolean;
declare function decodeURI(text: string): string;
declare function decodeURIComponent(text: string): string;
declare function encodeURI(text: string): string;
declare function encodeURIComponent(text: string | number | boolean): string;
declare function atob(base64: string): string;
declare function btoa(bytes: string): string;

type PropertyKey = string | number | symbol;

interface PropertyDescriptor {
  configurable?: boolean;
  enumerable?: boolean;
  value?: any;
  writable?: boolean;
  get?(): any;
  set?(value: any): void;
}
interface TypedPropertyDescriptor<T> {
  configurable?: boolean;
  enumerable?: boolean;
  value?: T;
  writable?: boolean;
  get?: () => T;
  set?: (value: T) => void;
}

interface Object {
  constructor: Function;
  toString(): string;
  valueOf(): Object;
  hasOwnProperty(name: PropertyKey): boolean;
  isPrototypeOf(value: Object): boolean;
  propertyIsEnumerable(name: PropertyKey): boolean;
}
interface ObjectConstructor {
  new (value?: any): Object;
  (value: any): any;
  readonly prototype: Object;
  assign<T extends {}, U>(target: T, source: U): T & U;
  assign(target: object, ...sources: any[]): any;
  create(prototype: object | null): any;
  defineProperties<T>(target: T, descriptors: { [name: string]: PropertyDescriptor }): T;
  defineProperty<T>(target: T, name: PropertyKey, descriptor: PropertyDescriptor): T;
  entries<T>(value: { [name: string]: T } | readonly T[]): [string, T][];
  entries(value: {}): [string, any][];
  freeze<T>(value: T): Readonly<T>;
  getOwnPropertyDescriptor(value: any, name: PropertyKey): PropertyDescriptor | undefined;
  getOwnPropertyDescriptors(value: any): { [name: string]: PropertyDescriptor };
  getOwnPropertyNames(value: any): string[];
  getPrototypeOf(value: any): any;
  is(one: any, other: any): boolean;
  isExtensible(value: any): boolean;
  isFrozen(value: any): boolean;
  isSealed(value: any): boolean;
  keys(value: {}): string[];
  preventExtensions<T>(value: T): T;
  seal<T>(value: T): T;
  setPrototypeOf(value: any, prototype: object | null): any;
  values<T>(value: { [name: string]: T } | readonly T[]): T[];
  values(value: {}): any[];
}
declare var Object: ObjectConstructor;

interface Function {
  apply(this: Function, self: any, args?: any): any;
  bind(this: Function, self: any, ...args: any[]): any;
  call(this: Function, self: any, ...args: any[]): any;
  prototype: any;
  readonly length: number;
  readonly name: string;
}
interface CallableFunction extends Function {
  apply<T, A extends any[], R>(this: (this: T, ...args: A) => R, self: T, args?: A): R;
  call<T, A extends any[], R>(this: (this: T, ...args: A) => R, self: T, ...args: A): R;
}
interface NewableFunction extends Function {}
/** No module of the runtime is imported with attributes; TypeScript asks for the type. */
interface ImportAttributes {}

interface IArguments {
  [index: number]: any;
  length: number;
}

interface String {
  readonly length: number;
  readonly [index: number]: string;
  charAt(index: number): string;
  codePointAt(index: number): number | undefined;
  concat(...texts: string[]): string;
  endsWith(text: string, end?: number): boolean;
  includes(text: string, start?: number): boolean;
  indexOf(text: string, start?: number): number;
  lastIndexOf(text: string, start?: number): number;
  match(pattern: string | RegExp): RegExpMatchArray | null;
  padEnd(length: number, fill?: string): string;
  padStart(length: number, fill?: string): string;
  repeat(count: number): string;
  replace(pattern: string | RegExp, replacement: string): string;
  replace(pattern: string | RegExp, replacer: (match: string, ...args: any[]) => string): string;
  replaceAll(pattern: string | RegExp, replacement: string): string;
  replaceAll(pattern: string | RegExp, replacer: (match: string, ...args: any[]) => string): string;
  search(pattern: string | RegExp): number;
  slice(start?: number, end?: number): string;
  split(separator: string | RegExp, limit?: number): string[];
  startsWith(text: string, start?: number): boolean;
  substr(from: number, length?: number): string;
  substring(start: number, end?: number): string;
  toLowerCase(): string;
  toString(): string;
  toUpperCase(): string;
  trim(): string;
  trimEnd(): string;
  trimStart(): string;
  valueOf(): string;
}
interface StringConstructor {
  new (value?: any): String;
  (value?: any): string;
  readonly prototype: String;
  fromCharCode(...codes: number[]): string;
  fromCodePoint(...codePoints: number[]): string;
}
declare var String: StringConstructor;

interface Boolean {
  valueOf(): boolean;
}
interface BooleanConstructor {
  new (value?: any): Boolean;
  <T>(value?: T): boolean;
  readonly prototype: Boolean;
}
declare var Boolean: BooleanConstructor;

interface Number {
  toExponential(digits?: number): string;
  toFixed(digits?: number): string;
  toPrecision(digits?: number): string;
  toString(radix?: number): string;
  valueOf(): number;
}
interface NumberConstructor {
  new (value?: any): Number;
  (value?: any): number;
  readonly prototype: Number;
  readonly EPSILON: number;
  readonly MAX_SAFE_INTEGER: number;
  readonly MAX_VALUE: number;
  readonly MIN_SAFE_INTEGER: number;
  readonly MIN_VALUE: number;
  readonly NaN: number;
  readonly NEGATIVE_INFINITY: number;
  readonly POSITIVE_INFINITY: number;
  isFinite(value: unknown): boolean;
  isInteger(value: unknown): boolean;
  isNaN(value: unknown): boolean;
  isSafeInteger(value: unknown): boolean;
  parseFloat(text: string): number;
  parseInt(text: string, radix?: number): number;
}
declare var Number: NumberConstructor;

interface TemplateStringsArray extends ReadonlyArray<string> {
  readonly raw: readonly string[];
}

interface Symbol {
  toString(): string;
  valueOf(): symbol;
}
interface SymbolConstructor {
  (description?: string | number): symbol;
  readonly prototype: Symbol;
  for(key: string): symbol;
  keyFor(symbol: symbol): string | undefined;
}
declare var Symbol: SymbolConstructor;

interface Math {
  readonly E: number;
  readonly LN10: number;
  readonly LN2: number;
  readonly LOG10E: number;
  readonly LOG2E: number;
  readonly PI: number;
  readonly SQRT1_2: number;
  readonly SQRT2: number;
  abs(value: number): number;
  acos(value: number): number;
  acosh(value: number): number;
  asin(value: number): number;
  asinh(value: number): number;
  atan(value: number): number;
  atanh(value: number): number;
  cbrt(value: number): number;
  ceil(value: number): number;
  clz32(value: number): number;
  cos(value: number): number;
  cosh(value: number): number;
  exp(value: number): number;
  expm1(value: number): number;
  floor(value: number): number;
  fround(value: number): number;
  log(value: number): number;
  log1p(value: number): number;
  log2(value: number): number;
  log10(value: number): number;
  round(value: number): number;
  sign(value: number): number;
  sinh(value: number): number;
  sin(value: number): number;
  sqrt(value: number): number;
  tan(value: number): number;
  tanh(value: number): number;
  trunc(value: number): number;
  atan2(y: number, x: number): number;
  hypot(...values: number[]): number;
  imul(one: number, other: number): number;
  max(...values: number[]): number;
  min(...values: number[]): number;
  pow(base: number, exponent: number): number;
  /** Seeded with the time at which the run starts. */
  random(): number;
}
declare var Math: Math;

interface Date {
  getDate(): number;
  getUTCDate(): number;
  getDay(): number;
  getUTCDay(): number;
  getFullYear(): number;
  getUTCFullYear(): number;
  getHours(): number;
  getUTCHours(): number;
  getMilliseconds(): number;
  getUTCMilliseconds(): number;
  getMinutes(): number;
  getUTCMinutes(): number;
  getMonth(): number;
  getUTCMonth(): number;
  getSeconds(): number;
  getUTCSeconds(): number;
  setDate(date: number): number;
  setUTCDate(date: number): number;
  setFullYear(year: number, month?: number, date?: number): number;
  setUTCFullYear(year: number, month?: number, date?: number): number;
  setHours(hours: number, minutes?: number, seconds?: number, ms?: number): number;
  setUTCHours(hours: number, minutes?: number, seconds?: number, ms?: number): number;
  setMilliseconds(ms: number): number;
  setUTCMilliseconds(ms: number): number;
  setMinutes(minutes: number, seconds?: number, ms?: number): number;
  setUTCMinutes(minutes: number, seconds?: number, ms?: number): number;
  setMonth(month: number, date?: number): number;
  setUTCMonth(month: number, date?: number): number;
  setSeconds(seconds: number, ms?: number): number;
  setUTCSeconds(seconds: number, ms?: number): number;
  getTime(): number;
  getTimezoneOffset(): number;
  setTime(ms: number): number;
  toDateString(): string;
  toISOString(): string;
  toJSON(key?: any): string;
  toString(): string;
  toTimeString(): string;
  toUTCString(): string;
  valueOf(): number;
}
interface DateConstructor {
  /** Stands still at the start of the run (FN-I-19). */
  new (): Date;
  new (value: number | string | Date): Date;
  new (
    year: number,
    month: number,
    date?: number,
    hours?: number,
    minutes?: number,
    seconds?: number,
    ms?: number,
  ): Date;
  (): string;
  readonly prototype: Date;
  UTC(
    year: number,
    month?: number,
    date?: number,
    hours?: number,
    minutes?: number,
    seconds?: number,
    ms?: number,
  ): number;
  now(): number;
  parse(text: string): number;
}
declare var Date: DateConstructor;

interface RegExpMatchArray extends Array<string> {
  index?: number;
  input?: string;
  groups?: { [name: string]: string };
}
interface RegExpExecArray extends Array<string> {
  index: number;
  input: string;
  groups?: { [name: string]: string };
}
interface RegExp {
  readonly flags: string;
  readonly global: boolean;
  readonly ignoreCase: boolean;
  lastIndex: number;
  readonly multiline: boolean;
  readonly source: string;
  readonly sticky: boolean;
  exec(text: string): RegExpExecArray | null;
  test(text: string): boolean;
  toString(): string;
}
interface RegExpConstructor {
  new (pattern: RegExp | string, flags?: string): RegExp;
  (pattern: RegExp | string, flags?: string): RegExp;
  readonly prototype: RegExp;
}
declare var RegExp: RegExpConstructor;

interface Error {
  name: string;
  message: string;
  stack?: string;
}
interface ErrorConstructor {
  new (message?: string): Error;
  (message?: string): Error;
  readonly prototype: Error;
}
declare var Error: ErrorConstructor;
interface EvalError extends Error {}
declare var EvalError: { new (message?: string): EvalError; (message?: string): EvalError };
interface InternalError extends Error {}
declare var InternalError: {
  new (message?: string): InternalError;
  (message?: string): InternalError;
};
interface RangeError extends Error {}
declare var RangeError: { new (message?: string): RangeError; (message?: string): RangeError };
interface ReferenceError extends Error {}
declare var ReferenceError: {
  new (message?: string): ReferenceError;
  (message?: string): ReferenceError;
};
interface SyntaxError extends Error {}
declare var SyntaxError: { new (message?: string): SyntaxError; (message?: string): SyntaxError };
interface TypeError extends Error {}
declare var TypeError: { new (message?: string): TypeError; (message?: string): TypeError };
interface URIError extends Error {}
declare var URIError: { new (message?: string): URIError; (message?: string): URIError };

interface JSON {
  parse(text: string, reviver?: (this: any, key: string, value: any) => any): any;
  stringify(
    value: any,
    replacer?: ((this: any, key: string, value: any) => any) | (string | number)[] | null,
    space?: string | number,
  ): string;
}
declare var JSON: JSON;

interface ReadonlyArray<T> {
  readonly length: number;
  readonly [index: number]: T;
  concat(...items: (T | readonly T[])[]): T[];
  every(test: (value: T, index: number, array: readonly T[]) => unknown): boolean;
  filter<S extends T>(test: (value: T, index: number, array: readonly T[]) => value is S): S[];
  filter(test: (value: T, index: number, array: readonly T[]) => unknown): T[];
  find(test: (value: T, index: number, array: readonly T[]) => unknown): T | undefined;
  findIndex(test: (value: T, index: number, array: readonly T[]) => unknown): number;
  forEach(action: (value: T, index: number, array: readonly T[]) => void): void;
  includes(value: T, start?: number): boolean;
  indexOf(value: T, start?: number): number;
  join(separator?: string): string;
  lastIndexOf(value: T, start?: number): number;
  map<U>(transform: (value: T, index: number, array: readonly T[]) => U): U[];
  reduce(merge: (before: T, value: T, index: number, array: readonly T[]) => T): T;
  reduce<U>(merge: (before: U, value: T, index: number, array: readonly T[]) => U, initial: U): U;
  reduceRight(merge: (before: T, value: T, index: number, array: readonly T[]) => T): T;
  reduceRight<U>(
    merge: (before: U, value: T, index: number, array: readonly T[]) => U,
    initial: U,
  ): U;
  slice(start?: number, end?: number): T[];
  some(test: (value: T, index: number, array: readonly T[]) => unknown): boolean;
  toString(): string;
}
interface Array<T> extends ReadonlyArray<T> {
  length: number;
  [index: number]: T;
  copyWithin(target: number, start: number, end?: number): this;
  fill(value: T, start?: number, end?: number): this;
  pop(): T | undefined;
  push(...items: T[]): number;
  reverse(): T[];
  shift(): T | undefined;
  sort(compare?: (one: T, other: T) => number): this;
  splice(start: number, count?: number): T[];
  splice(start: number, count: number, ...items: T[]): T[];
  unshift(...items: T[]): number;
}
interface ArrayConstructor {
  new <T = any>(length: number): T[];
  new <T>(...items: T[]): T[];
  <T = any>(...items: T[]): T[];
  readonly prototype: any[];
  /** Not in AWS's list, but there. */
  from<T>(items: ArrayLike<T>): T[];
  from<T, U>(items: ArrayLike<T>, transform: (value: T, index: number) => U): U[];
  isArray(value: any): value is any[];
  of<T>(...items: T[]): T[];
}
declare var Array: ArrayConstructor;
interface ArrayLike<T> {
  readonly length: number;
  readonly [index: number]: T;
}

interface PromiseLike<T> {
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: any) => E | PromiseLike<E>) | null,
  ): PromiseLike<R | E>;
}
interface Promise<T> {
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: any) => E | PromiseLike<E>) | null,
  ): Promise<R | E>;
  catch<R = never>(onRejected?: ((reason: any) => R | PromiseLike<R>) | null): Promise<T | R>;
  finally(onFinally?: (() => void) | null): Promise<T>;
}
interface PromiseFulfilledResult<T> {
  status: "fulfilled";
  value: T;
}
interface PromiseRejectedResult {
  status: "rejected";
  reason: any;
}
interface PromiseConstructor {
  new <T>(
    executor: (
      resolve: (value: T | PromiseLike<T>) => void,
      reject: (reason?: any) => void,
    ) => void,
  ): Promise<T>;
  readonly prototype: Promise<any>;
  all<T extends readonly unknown[] | []>(
    values: T,
  ): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }>;
  allSettled<T>(
    values: readonly T[],
  ): Promise<(PromiseFulfilledResult<Awaited<T>> | PromiseRejectedResult)[]>;
  any<T>(values: readonly T[]): Promise<Awaited<T>>;
  race<T>(values: readonly T[]): Promise<Awaited<T>>;
  reject<T = never>(reason?: any): Promise<T>;
  resolve(): Promise<void>;
  resolve<T>(value: T | PromiseLike<T>): Promise<Awaited<T>>;
}
declare var Promise: PromiseConstructor;

interface ArrayBuffer {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer;
}
interface ArrayBufferConstructor {
  new (byteLength: number): ArrayBuffer;
  readonly prototype: ArrayBuffer;
  isView(value: any): boolean;
}
declare var ArrayBuffer: ArrayBufferConstructor;

interface TypedArray {
  readonly buffer: ArrayBuffer;
  readonly byteLength: number;
  readonly byteOffset: number;
  readonly length: number;
  [index: number]: number;
  copyWithin(target: number, start: number, end?: number): this;
  every(test: (value: number, index: number, array: this) => unknown): boolean;
  fill(value: number, start?: number, end?: number): this;
  filter(test: (value: number, index: number, array: this) => unknown): this;
  find(test: (value: number, index: number, array: this) => unknown): number | undefined;
  findIndex(test: (value: number, index: number, array: this) => unknown): number;
  forEach(action: (value: number, index: number, array: this) => void): void;
  includes(value: number, start?: number): boolean;
  indexOf(value: number, start?: number): number;
  join(separator?: string): string;
  lastIndexOf(value: number, start?: number): number;
  map(transform: (value: number, index: number, array: this) => number): this;
  reduce<U>(merge: (before: U, value: number, index: number, array: this) => U, initial: U): U;
  reduceRight<U>(merge: (before: U, value: number, index: number, array: this) => U, initial: U): U;
  reverse(): this;
  set(values: ArrayLike<number>, offset?: number): void;
  slice(start?: number, end?: number): this;
  some(test: (value: number, index: number, array: this) => unknown): boolean;
  sort(compare?: (one: number, other: number) => number): this;
  subarray(start?: number, end?: number): this;
  toString(): string;
}
interface TypedArrayConstructor<A> {
  new (length: number): A;
  new (values: ArrayLike<number>): A;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): A;
  readonly prototype: A;
  readonly BYTES_PER_ELEMENT: number;
  from(values: ArrayLike<number>): A;
  of(...values: number[]): A;
}
interface Int8Array extends TypedArray {}
declare var Int8Array: TypedArrayConstructor<Int8Array>;
interface Uint8Array extends TypedArray {}
declare var Uint8Array: TypedArrayConstructor<Uint8Array>;
interface Uint8ClampedArray extends TypedArray {}
declare var Uint8ClampedArray: TypedArrayConstructor<Uint8ClampedArray>;
interface Int16Array extends TypedArray {}
declare var Int16Array: TypedArrayConstructor<Int16Array>;
interface Uint16Array extends TypedArray {}
declare var Uint16Array: TypedArrayConstructor<Uint16Array>;
interface Int32Array extends TypedArray {}
declare var Int32Array: TypedArrayConstructor<Int32Array>;
interface Uint32Array extends TypedArray {}
declare var Uint32Array: TypedArrayConstructor<Uint32Array>;
interface Float32Array extends TypedArray {}
declare var Float32Array: TypedArrayConstructor<Float32Array>;
interface Float64Array extends TypedArray {}
declare var Float64Array: TypedArrayConstructor<Float64Array>;

interface DataView {
  readonly buffer: ArrayBuffer;
  readonly byteLength: number;
  readonly byteOffset: number;
  getFloat32(offset: number, littleEndian?: boolean): number;
  setFloat32(offset: number, value: number, littleEndian?: boolean): void;
  getFloat64(offset: number, littleEndian?: boolean): number;
  setFloat64(offset: number, value: number, littleEndian?: boolean): void;
  getInt16(offset: number, littleEndian?: boolean): number;
  setInt16(offset: number, value: number, littleEndian?: boolean): void;
  getInt32(offset: number, littleEndian?: boolean): number;
  setInt32(offset: number, value: number, littleEndian?: boolean): void;
  getUint16(offset: number, littleEndian?: boolean): number;
  setUint16(offset: number, value: number, littleEndian?: boolean): void;
  getUint32(offset: number, littleEndian?: boolean): number;
  setUint32(offset: number, value: number, littleEndian?: boolean): void;
  getInt8(offset: number): number;
  setInt8(offset: number, value: number): void;
  getUint8(offset: number): number;
  setUint8(offset: number, value: number): void;
}
declare var DataView: {
  new (buffer: ArrayBuffer, byteOffset?: number, byteLength?: number): DataView;
};

interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: TypedArray | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare var TextDecoder: {
  new (encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};
interface TextEncoder {
  encode(text?: string): Uint8Array;
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number };
}
declare var TextEncoder: { new (): TextEncoder };

type BufferEncoding = "utf8" | "hex" | "base64" | "base64url";

interface Buffer extends Uint8Array {
  compare(
    other: Uint8Array,
    otherStart?: number,
    otherEnd?: number,
    start?: number,
    end?: number,
  ): number;
  copy(target: Uint8Array, targetStart?: number, start?: number, end?: number): number;
  equals(other: Uint8Array): boolean;
  swap16(): this;
  swap32(): this;
  swap64(): this;
  toJSON(): { type: "Buffer"; data: number[] };
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  write(text: string, offset?: number, length?: number, encoding?: BufferEncoding): number;
  readInt8(offset?: number): number;
  readUInt8(offset?: number): number;
  readInt16BE(offset?: number): number;
  readInt16LE(offset?: number): number;
  readInt32BE(offset?: number): number;
  readInt32LE(offset?: number): number;
  readUInt16BE(offset?: number): number;
  readUInt16LE(offset?: number): number;
  readUInt32BE(offset?: number): number;
  readUInt32LE(offset?: number): number;
  readDoubleBE(offset?: number): number;
  readDoubleLE(offset?: number): number;
  readFloatBE(offset?: number): number;
  readFloatLE(offset?: number): number;
  readIntBE(offset: number, byteLength: number): number;
  readIntLE(offset: number, byteLength: number): number;
  readUIntBE(offset: number, byteLength: number): number;
  readUIntLE(offset: number, byteLength: number): number;
  writeInt8(value: number, offset?: number): number;
  writeUInt8(value: number, offset?: number): number;
  writeInt16BE(value: number, offset?: number): number;
  writeInt16LE(value: number, offset?: number): number;
  writeInt32BE(value: number, offset?: number): number;
  writeInt32LE(value: number, offset?: number): number;
  writeUInt16BE(value: number, offset?: number): number;
  writeUInt16LE(value: number, offset?: number): number;
  writeUInt32BE(value: number, offset?: number): number;
  writeUInt32LE(value: number, offset?: number): number;
  writeDoubleBE(value: number, offset?: number): number;
  writeDoubleLE(value: number, offset?: number): number;
  writeFloatBE(value: number, offset?: number): number;
  writeFloatLE(value: number, offset?: number): number;
  writeIntBE(value: number, offset: number, byteLength: number): number;
  writeIntLE(value: number, offset: number, byteLength: number): number;
  writeUIntBE(value: number, offset: number, byteLength: number): number;
  writeUIntLE(value: number, offset: number, byteLength: number): number;
}
declare var Buffer: {
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
  allocUnsafe(size: number): Buffer;
  byteLength(value: string | Uint8Array | ArrayBuffer, encoding?: BufferEncoding): number;
  compare(one: Uint8Array, other: Uint8Array): number;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  from(text: string, encoding?: BufferEncoding): Buffer;
  from(values: ArrayLike<number> | ArrayBuffer): Buffer;
  isBuffer(value: any): value is Buffer;
  isEncoding(name: string): boolean;
};

declare var console: {
  /** One argument (FN-I-19). */
  log(message?: any): void;
};

interface CloudFrontHash {
  update(data: string | Uint8Array): CloudFrontHash;
  digest(encoding: "hex" | "base64" | "base64url"): string;
  digest(): Buffer;
}
interface CloudFrontCrypto {
  createHash(algorithm: "md5" | "sha1" | "sha256"): CloudFrontHash;
  createHmac(algorithm: "md5" | "sha1" | "sha256", key: string | Uint8Array): CloudFrontHash;
}
interface CloudFrontQueryString {
  escape(text: string): string;
  unescape(text: string): string;
  parse(
    text: string,
    separator?: string | null,
    equals?: string | null,
    options?: { decodeURIComponent?: (text: string) => string; maxKeys?: number },
  ): { [name: string]: string | string[] };
  stringify(
    values: { [name: string]: any },
    separator?: string | null,
    equals?: string | null,
    options?: { encodeURIComponent?: (text: string) => string },
  ): string;
  decode: CloudFrontQueryString["parse"];
  encode: CloudFrontQueryString["stringify"];
}
declare function require(module: "crypto"): CloudFrontCrypto;
declare function require(module: "querystring"): CloudFrontQueryString;

declare module "crypto" {
  const crypto: CloudFrontCrypto;
  export default crypto;
}
declare module "querystring" {
  const querystring: CloudFrontQueryString;
  export default querystring;
}

/** The helpers of CloudFront (FN-I-48 to FN-I-50). */
declare module "cloudfront" {
  interface KeyValueStoreHandle {
    /** Rejects where there is no such key: catch it. */
    get(key: string, options?: { format?: "string" }): Promise<string>;
    get(key: string, options: { format: "json" }): Promise<any>;
    get(key: string, options: { format: "bytes" }): Promise<Uint8Array>;
    exists(key: string): Promise<boolean>;
    meta(): Promise<{
      creationDateTime: string;
      lastUpdatedDateTime: string;
      keyCount: number;
    }>;
  }
  interface OriginTls {
    sni?: string;
    allowedCertificateNames?: string[];
  }
  interface RequestOrigin extends OriginTls {
    domainName?: string;
    hostHeader?: string;
    originPath?: string;
    customHeaders?: { [name: string]: string };
    connectionAttempts?: number;
    originShield?: { enabled: boolean; region?: string };
    originAccessControlConfig?: {
      enabled: boolean;
      signingBehavior?: "always" | "never" | "no-override";
      signingProtocol?: "sigv4";
      originType?: "s3" | "mediapackagev2" | "mediastore" | "lambda";
    };
    timeouts?: {
      readTimeout?: number;
      responseCompletionTimeout?: number;
      keepAliveTimeout?: number;
      connectionTimeout?: number;
    };
    customOriginConfig?: {
      port: number;
      protocol: "http" | "https";
      sslProtocols: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2")[];
      ipAddressType?: "ipv4" | "ipv6" | "dualstack";
    };
  }
  interface DecodedToken {
    protectedHeaders: { [name: string]: any };
    unprotectedHeaders: { [name: string]: any };
    payload: { [claim: string]: any };
  }
  type OriginMember = string | { originId: string; originOverrides?: RequestOrigin };
  interface CloudFront {
    /** The associated key value store, or the one of an id. */
    kvs(id?: string): KeyValueStoreHandle;
    updateRequestOrigin(origin: RequestOrigin): void;
    selectRequestOriginById(originId: string, options?: OriginTls & { hostHeader?: string }): void;
    createRequestOriginGroup(group: {
      originIds: [OriginMember, OriginMember];
      selectionCriteria?: "default" | "media-quality-score";
      failoverCriteria: { statusCodes: number[] } | number[];
    }): void;
    /**
     * Adds a text to the access log, as viewer-request-log-data or viewer-response-log-data: URL-encoded, of at most
     * 800 bytes. The last call counts.
     */
    logCustomData(data: string): void;
    /** At viewer-request only. */
    readonly edgeLocation: { name: string; serverIp: string; region: string };
    /** CBOR web tokens: COSE_Mac0 with HS256, of at most 1 KB. Claims are not checked. */
    readonly cwt: {
      /** Throws where the token is no such token, or was made with another key. */
      validateToken(token: Uint8Array, context: { key: string | Uint8Array }): DecodedToken;
      generateToken(
        token: {
          protected?: object;
          protectedHeaders?: object;
          unprotected?: object;
          unprotectedHeaders?: object;
          payload: object;
        },
        context: { cwtTag?: boolean; coseTag: "MAC0"; key: string | Uint8Array },
      ): Buffer;
    };
    /** Of multi-tenant distributions: it throws on others. */
    readonly distributionTenant: {
      readonly id: string;
      readonly name: string;
      readonly endpoint: string;
      readonly parameters: { get(key: string): string };
    };
  }
  const cloudfront: CloudFront;
  export default cloudfront;
}

// Nothing is iterable: `for…of`, spread and array destructuring do not parse (FN-I-18).
interface Iterable<T, TReturn = any, TNext = any> {
  readonly isNotInCloudFrontJs: [T, TReturn, TNext];
}
interface IterableIterator<T, TReturn = any, TNext = any> extends Iterable<T, TReturn, TNext> {}
interface Iterator<T, TReturn = any, TNext = any> extends Iterable<T, TReturn, TNext> {}

// The helpers of the type language, which leave nothing at run time.
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Parameters<T extends (...args: any) => any> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T extends (...args: any) => any> = T extends (...args: any) => infer R ? R : any;
type Awaited<T> = T extends null | undefined
  ? T
  : T extends object & { then(onFulfilled: infer F, ...args: infer _): any }
    ? F extends (value: infer V, ...args: infer _) => any
      ? Awaited<V>
      : never
    : T;
interface ThisType<T> {}
