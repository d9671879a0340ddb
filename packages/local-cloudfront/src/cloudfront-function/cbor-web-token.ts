import { createHmac, timingSafeEqual } from "node:crypto";
import { decode, encode, Tagged } from "cborg";

const tags = { cwt: 61, coseMac0: 17 };
/** COSE's header parameter `alg`, and how many bytes of an HMAC with SHA-256 its values take. */
const algorithmHeader = 1;
const macBytes: ReadonlyMap<unknown, number> = new Map([
  [4, 8],
  [5, 32],
]);
const maxTokenBytes = 1024;

type Json = Readonly<Record<string, unknown>>;

/** What a token holds; keys are texts, bytes are `{ type: "Buffer", data }`. */
export interface DecodedCwt {
  readonly protectedHeaders: Json;
  readonly unprotectedHeaders: Json;
  readonly payload: unknown;
}

/** What a token is made of. */
export interface CwtInput {
  readonly payload: unknown;
  readonly protectedHeaders?: unknown;
  readonly unprotectedHeaders?: unknown;
  readonly hasCwtTag: boolean;
}

/**
 * Decodes a CBOR web token (COSE_Mac0, HMAC with SHA-256). No claim is looked at: `exp` is the function's business.
 *
 * @throws {Error} when it is no such token, is larger than 1 KB, or was made with another key
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cwt-support-cloudfront-functions.html
 */
export function decodeCwt(token: Uint8Array, key: Uint8Array): DecodedCwt {
  checkSize(token);
  const [protectedBytes, unprotectedHeaders, payload, mac] = partsOf(token);
  const protectedHeaders =
    protectedBytes.length === 0 ? new Map() : decodeMap(protectedBytes, "protected headers");
  const bytes = macBytes.get(protectedHeaders.get(algorithmHeader));
  if (bytes === undefined) throw new Error("The algorithm of the token is not HS256");
  const expected = macOf(protectedBytes, payload, key).subarray(0, bytes);
  if (mac.length !== bytes || !timingSafeEqual(mac, expected)) {
    throw new Error("The signature of the token is not valid");
  }
  return {
    protectedHeaders: toJson(protectedHeaders) as Json,
    unprotectedHeaders: toJson(unprotectedHeaders) as Json,
    payload: toJson(decodeMap(payload, "payload")),
  };
}

/**
 * Returns a CBOR web token. Keys that are digits are numbers in it, as those of all claims are.
 *
 * @throws {Error} when the algorithm is not HS256, or the token is larger than 1 KB
 */
export function encodeCwt(input: CwtInput, key: Uint8Array): Uint8Array {
  const { protectedHeaders = { [algorithmHeader]: 5 }, unprotectedHeaders = {} } = input;
  const headers = fromJson(protectedHeaders);
  if (!(headers instanceof Map)) throw new TypeError("The protected headers must be an object");
  const algorithm = Number(headers.get(algorithmHeader) ?? 5);
  const bytes = macBytes.get(algorithm);
  if (bytes === undefined) throw new Error("The algorithm of the token is not HS256");
  const protectedBytes = encode(new Map(headers).set(algorithmHeader, algorithm));
  const payload = encode(fromJson(input.payload));
  const mac = macOf(protectedBytes, payload, key).subarray(0, bytes);
  const cose = new Tagged(tags.coseMac0, [
    protectedBytes,
    fromJson(unprotectedHeaders),
    payload,
    mac,
  ]);
  const token = encode(input.hasCwtTag ? new Tagged(tags.cwt, cose) : cose);
  checkSize(token);
  return token;
}

function checkSize({ length }: Uint8Array): void {
  if (length > maxTokenBytes) {
    throw new Error(`The token has ${length} bytes, more than ${maxTokenBytes}`);
  }
}

type Parts = readonly [Uint8Array, ReadonlyMap<unknown, unknown>, Uint8Array, Uint8Array];

function partsOf(token: Uint8Array): Parts {
  const decoded = decodeCbor(token, "token");
  const cose: unknown =
    decoded instanceof Tagged && decoded.tag === tags.cwt ? decoded.value : decoded;
  const parts: unknown = cose instanceof Tagged && cose.tag === tags.coseMac0 && cose.value;
  const isMac0 =
    Array.isArray(parts) &&
    parts.length === 4 &&
    parts[1] instanceof Map &&
    [parts[0], parts[2], parts[3]].every((part) => part instanceof Uint8Array);
  if (!isMac0) throw new Error("The token is no COSE_Mac0 structure with its tag");
  return parts as unknown as Parts;
}

function decodeMap(bytes: Uint8Array, subject: string): ReadonlyMap<unknown, unknown> {
  const decoded = decodeCbor(bytes, subject);
  if (!(decoded instanceof Map)) throw new Error(`The ${subject} of the token must be a map`);
  return decoded;
}

function decodeCbor(bytes: Uint8Array, subject: string): unknown {
  const options = { useMaps: true, tags: Tagged.preserve(tags.cwt, tags.coseMac0) };
  try {
    return decode(bytes, options) as unknown;
  } catch (cause) {
    throw new Error(`The ${subject} is no CBOR`, { cause });
  }
}

/** RFC 8152, section 6.3. */
function macOf(protectedBytes: Uint8Array, payload: Uint8Array, key: Uint8Array): Buffer {
  const structure = encode(["MAC0", protectedBytes, new Uint8Array(), payload]);
  return createHmac("sha256", key).update(structure).digest();
}

function toJson(value: unknown): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, each]) => [String(key), toJson(each)]));
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toJSON();
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === "bigint" ? Number(value) : value;
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value;
  if ("type" in value && value.type === "Buffer" && "data" in value && Array.isArray(value.data)) {
    return Uint8Array.from(value.data as readonly number[]);
  }
  return new Map(
    Object.entries(value).map(([key, each]) => [
      /^-?\d+$/.test(key) ? Number(key) : key,
      fromJson(each),
    ]),
  );
}
