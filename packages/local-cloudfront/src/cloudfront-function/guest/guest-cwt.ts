import type { GuestHost } from "./guest-host.ts";

/** Returns `cwt` of the module `cloudfront`. */
export function guestCwt(
  host: GuestHost,
  parse: (text: string, reviver?: (key: string, value: unknown) => unknown) => unknown,
  textOfBytes: (bytes: ArrayLike<number>) => string,
  toBytes: (text: string) => Uint8Array,
): object {
  type Values = Record<string, unknown>;
  const keyOf = (context: unknown): string => {
    const key = (context as Values | undefined)?.["key"];
    if (typeof key === "string") return host.convert(key, "utf8", "latin1");
    if (key instanceof Uint8Array) return textOfBytes(key);
    throw new TypeError("key is not a string or Buffer");
  };
  const isBytes = (value: unknown): value is { readonly data: readonly number[] } =>
    typeof value === "object" &&
    value !== null &&
    (value as Values)["type"] === "Buffer" &&
    Array.isArray((value as Values)["data"]);
  const withBytes = (_: string, value: unknown): unknown =>
    isBytes(value) ? toBytes(textOfBytes(value.data)) : value;
  const read = (text: string): Values => {
    const result = parse(text, withBytes) as Values;
    if (result["error"] !== undefined) throw new Error(String(result["error"]));
    return result;
  };
  const isContext = (value: unknown): boolean =>
    typeof value === "object" && value !== null && "coseTag" in value;
  return Object.freeze({
    validateToken: (token: unknown, context: unknown): unknown => {
      if (!(token instanceof Uint8Array)) throw new TypeError("token is not a Buffer");
      return read(host.decodeCwt(textOfBytes(token), keyOf(context)));
    },
    // AWS's page has the context first in the signature, and last in each example.
    generateToken: (one: unknown, other: unknown): unknown => {
      const context = (isContext(one) ? one : other) as Values | undefined;
      const token = (isContext(one) ? other : one) as Values | undefined;
      if (context?.["coseTag"] !== "MAC0") throw new Error('coseTag must be "MAC0"');
      if (typeof token !== "object" || typeof token["payload"] !== "object") {
        throw new TypeError("the token must have a payload");
      }
      const input = JSON.stringify({
        payload: token["payload"],
        protectedHeaders: token["protectedHeaders"] ?? token["protected"],
        unprotectedHeaders: token["unprotectedHeaders"] ?? token["unprotected"],
        hasCwtTag: context["cwtTag"] === true,
      });
      const made = read(host.encodeCwt(input, keyOf(context)));
      return toBytes(String(made["token"]));
    },
  });
}
