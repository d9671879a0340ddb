import type { CloudFrontJsRuntime } from "./violation.ts";

// Read 2026-09-30. Where the page is silent, what the engine itself has decides: the page leaves out what ES5.1
// has by nature (constructor, name, length, toString).
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-10.html

/** The members of the built-ins of one runtime, by path, as in `Array.prototype`; names in each are its own. */
export type BuiltIns = Readonly<Record<string, readonly string[]>>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const errors = words(
  "Error EvalError InternalError RangeError ReferenceError SyntaxError TypeError URIError",
);

const typedArrays = words(`Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array
  Uint8ClampedArray Uint16Array Uint32Array`);

const common: BuiltIns = {
  globals: words(`Object Function Array String Number Boolean Symbol Math JSON Date RegExp Promise
    ArrayBuffer TextDecoder TextEncoder console require globalThis NaN Infinity undefined
    decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt
    ${errors.join(" ")} ${typedArrays.join(" ")}`),
  Object: words(`create defineProperties defineProperty freeze getOwnPropertyDescriptor
    getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf isExtensible isFrozen
    isSealed keys preventExtensions seal assign entries values is setPrototypeOf`),
  "Object.prototype": words(
    "__proto__ hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf",
  ),
  Function: [],
  "Function.prototype": words("apply bind call"),
  Array: words("isArray of from"),
  "Array.prototype": words(`concat every filter forEach indexOf join lastIndexOf map pop push reduce
    reduceRight reverse shift slice some sort splice unshift copyWithin fill find findIndex includes
    keys values entries toString`),
  String: words("fromCharCode fromCodePoint"),
  "String.prototype":
    words(`charAt charCodeAt concat indexOf lastIndexOf match replace search slice split
    substr substring toLowerCase trim toUpperCase codePointAt endsWith includes repeat startsWith padStart
    padEnd trimStart trimEnd toString valueOf`),
  Number: words(`EPSILON MAX_SAFE_INTEGER MIN_SAFE_INTEGER MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY
    POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger parseInt parseFloat`),
  "Number.prototype": words("toExponential toFixed toPrecision toString valueOf"),
  Boolean: [],
  "Boolean.prototype": words("toString valueOf"),
  Symbol: words(
    "iterator asyncIterator hasInstance isConcatSpreadable match matchAll replace search species split toPrimitive toStringTag unscopables for keyFor",
  ),
  "Symbol.prototype": words("toString valueOf description"),
  Math: words(`E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil
    clz32 cos cosh exp expm1 floor fround hypot imul log log1p log2 log10 max min pow random round sign sinh
    sin sqrt tan tanh trunc`),
  JSON: words("parse stringify"),
  Date: words("UTC now parse"),
  "Date.prototype":
    words(`getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds
    getTime getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds
    getUTCMinutes getUTCMonth getUTCSeconds setDate setFullYear setHours setMilliseconds setMinutes setMonth
    setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth
    setUTCSeconds toDateString toISOString toJSON toLocaleDateString toLocaleString toLocaleTimeString
    toString toTimeString toUTCString valueOf`),
  RegExp: [],
  "RegExp.prototype": words("exec test toString global ignoreCase multiline source flags sticky"),
  Promise: words("resolve reject"),
  "Promise.prototype": words("catch finally then"),
  ArrayBuffer: words("isView"),
  "ArrayBuffer.prototype": words("byteLength slice"),
  TypedArray: words("from of"),
  "TypedArray.prototype":
    words(`buffer byteLength byteOffset copyWithin entries every fill filter find
    findIndex forEach includes indexOf join keys lastIndexOf length map reduce reduceRight reverse set slice
    some sort subarray toString values`),
};

const runtime2: BuiltIns = {
  ...common,
  globals: [
    ...(common["globals"] ?? []),
    ...words("AggregateError DataView Buffer atob btoa global"),
  ],
  "String.prototype": [...(common["String.prototype"] ?? []), "replaceAll"],
  Promise: words("all allSettled any race reject resolve"),
  DataView: [],
  "DataView.prototype":
    words(`buffer byteLength byteOffset getFloat32 getFloat64 getInt8 getInt16 getInt32
    getUint8 getUint16 getUint32 setFloat32 setFloat64 setInt8 setInt16 setInt32 setUint8 setUint16 setUint32`),
};

// The byte strings of njs are documented for 1.0 only.
const runtime1: BuiltIns = {
  ...common,
  Array: words("isArray of"),
  String: [...(common["String"] ?? []), "bytesFrom"],
  "String.prototype": [
    ...(common["String.prototype"] ?? []),
    ...words("fromBytes fromUTF8 toBytes toUTF8"),
  ],
};

/** What each runtime has, and nothing else (FN-I-18, FN-I-45, FN-I-46). */
export const builtIns: Readonly<Record<CloudFrontJsRuntime, BuiltIns>> = {
  "cloudfront-js-1.0": runtime1,
  "cloudfront-js-2.0": runtime2,
};

/** What `import` and `require` find. */
export const runtimeModules: Readonly<Record<CloudFrontJsRuntime, readonly string[]>> = {
  "cloudfront-js-1.0": ["crypto", "querystring"],
  "cloudfront-js-2.0": ["cloudfront", "crypto", "querystring", "buffer"],
};

const absentFromBoth =
  words(`at findLast findLastIndex flat flatMap localeCompare matchAll normalize
  toLocaleLowerCase toLocaleUpperCase toReversed toSorted toSpliced isWellFormed toWellFormed trimLeft
  trimRight`);

/** Methods of arrays and strings that JavaScript has and a runtime lacks. */
export const absentMethods: Readonly<Record<CloudFrontJsRuntime, readonly string[]>> = {
  "cloudfront-js-1.0": [...absentFromBoth, "replaceAll"],
  "cloudfront-js-2.0": absentFromBoth,
};
