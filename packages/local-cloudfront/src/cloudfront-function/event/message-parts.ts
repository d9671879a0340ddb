import type {
  CloudFrontFunctionResponseCookies,
  CloudFrontFunctionValue,
  CloudFrontFunctionValues,
} from "cf-types";
import { textOfBytes } from "../../http/byte-string.ts";
import type { HttpHeaders } from "../../http/http-message.ts";

/** Values by name, in the order in which they came; made without a prototype, since viewers choose the names. */
export type ValuesByName<Values extends CloudFrontFunctionValue = CloudFrontFunctionValues> =
  Record<string, Values>;

/** Returns headers as an event has them, without those that carry cookies (FN-I-05, FN-I-07, FN-I-08). */
export function headersToEvent(headers: HttpHeaders): ValuesByName {
  const values = empty();
  for (const name of Object.keys(headers)) {
    if (name === "cookie" || name === "set-cookie") continue;
    for (const line of headers[name] ?? []) add(values, name, { value: textOfBytes(line.value) });
  }
  return values;
}

/** Returns a query string as an event has it: percent-encoding is kept (FN-I-04, FN-I-10). */
export function queryStringToEvent(querystring: string): ValuesByName {
  const values = empty();
  if (querystring === "") return values;
  for (const parameter of textOfBytes(querystring).split("&")) {
    const [name, value] = splitAt(parameter, "=");
    add(values, name, { value });
  }
  return values;
}

/** Returns the cookies of a request (FN-I-08). */
export function cookiesToEvent(headers: HttpHeaders): ValuesByName {
  const values = empty();
  const pairs = (headers["cookie"] ?? []).flatMap(({ value }) => textOfBytes(value).split(";"));
  for (const pair of pairs) {
    if (pair.trim() === "") continue;
    const [name, value] = splitAt(pair.trim(), "=");
    add(values, name, { value });
  }
  return values;
}

/** Returns the cookies that a response sets, their attributes as they are written (FN-I-08). */
export function setCookiesToEvent(
  headers: HttpHeaders,
): ValuesByName<CloudFrontFunctionResponseCookies> {
  const values = empty<CloudFrontFunctionResponseCookies>();
  for (const line of headers["set-cookie"] ?? []) {
    const [pair, attributes] = splitAt(textOfBytes(line.value), ";");
    const [name, value] = splitAt(pair.trim(), "=");
    const cookie = { value, ...(attributes === "" ? {} : { attributes: attributes.trim() }) };
    add(values, name, cookie);
  }
  return values;
}

/** Returns the query string of a result: a string as it is, an object in its own order (FN-I-09). */
export function queryStringFromEvent(
  querystring: string | ValuesByName,
  before: ValuesByName,
): string {
  if (typeof querystring === "string") return querystring.replace(/^\?/, "");
  return eachValue(querystring, before)
    .map(([name, { value }]) => (value === "" ? name : `${name}=${value}`))
    .join("&");
}

/** Returns the value of the Cookie header; empty where there is no cookie. */
export function cookieLine(cookies: ValuesByName, before: ValuesByName): string {
  return eachValue(cookies, before)
    .map(([name, { value }]) => (name === "" ? value : `${name}=${value}`))
    .join("; ");
}

/** Returns the values of the Set-Cookie lines. */
export function setCookieLines(
  cookies: ValuesByName<CloudFrontFunctionResponseCookies>,
  before: ValuesByName<CloudFrontFunctionResponseCookies>,
): readonly string[] {
  return eachValue(cookies, before).map(([name, { value, attributes = "" }]) =>
    attributes === "" ? `${name}=${value}` : `${name}=${value}; ${attributes}`,
  );
}

/** Returns the values that a function means, by what it left alone of the event's (FN-I-06). */
export function valuesAfter<Value extends CloudFrontFunctionValue>(
  returned: Value & { readonly multiValue?: readonly Value[] },
  before: (Value & { readonly multiValue?: readonly Value[] }) | undefined,
): readonly Value[] {
  const { multiValue, ...first } = returned;
  if (multiValue === undefined || multiValue.length === 0) return [first as unknown as Value];
  const isOnlyValueChanged =
    before?.multiValue !== undefined &&
    returned.value !== before.value &&
    JSON.stringify(multiValue) === JSON.stringify(before.multiValue);
  return isOnlyValueChanged ? [first as unknown as Value, ...multiValue.slice(1)] : multiValue;
}

type Multiple<Value> = Readonly<Record<string, Value & { readonly multiValue?: readonly Value[] }>>;

function eachValue<Value extends CloudFrontFunctionValue>(
  values: Multiple<Value>,
  before: Multiple<Value>,
): readonly (readonly [string, Value])[] {
  return Object.entries(values).flatMap(([name, one]) =>
    valuesAfter<Value>(one, before[name]).map((value) => [name, value] as const),
  );
}

function empty<
  Values extends CloudFrontFunctionValue = CloudFrontFunctionValues,
>(): ValuesByName<Values> {
  return Object.create(null) as ValuesByName<Values>;
}

function add<Value extends CloudFrontFunctionValue>(
  values: Record<string, Value & { multiValue?: Value[] }>,
  name: string,
  value: Value,
): void {
  const known = values[name];
  if (known === undefined) {
    values[name] = { ...value };
    return;
  }
  const { multiValue, ...first } = known;
  known.multiValue = [...(multiValue ?? [first as unknown as Value]), value];
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const end = text.indexOf(separator);
  return end === -1 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
}
