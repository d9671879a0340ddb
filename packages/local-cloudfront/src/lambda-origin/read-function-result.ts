import { bytesOfText } from "../http/byte-string.ts";

/** A function's result as the HTTP response that it stands for. */
export interface FunctionResponse {
  readonly kind: "response";
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As the result has it. */
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A result that no endpoint takes, and what is wrong with it. */
export interface MalformedResult {
  readonly kind: "malformed";
  /** Follows `The function's result`. */
  readonly problem: string;
}

/** What Lambda gives back at once, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxResultBytes = 6 * 1024 * 1024;

/**
 * Reads a result in payload format 2.0: without a `statusCode`, all of it is the body.
 *
 * @param json JSON text
 * @param usualContentType where the result names none
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function readFormat2Result(
  json: string,
  usualContentType: string,
): FunctionResponse | MalformedResult {
  const parsed = parse(json);
  if (parsed.kind === "malformed") return parsed;
  const { value } = parsed;
  if (!isRecord(value) || value["statusCode"] === undefined) {
    return {
      kind: "response",
      status: 200,
      headers: [["Content-Type", "application/json"]],
      body: typeof value === "string" ? value : json,
      isBase64Encoded: false,
    };
  }
  const { cookies = [] } = value;
  if (!Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === "string")) {
    return malformed(`has cookies that are no list of strings: got ${shown(cookies)}`);
  }
  const headers = readHeaders(value["headers"]);
  if (typeof headers === "string") return malformed(headers);
  return shaped(value, [
    ...withContentType(headers, usualContentType),
    ...cookies.map((cookie: string) => ["Set-Cookie", bytesOfText(cookie)] as const),
  ]);
}

/**
 * Reads a result in payload format 1.0, which has nothing but these members.
 *
 * @param json JSON text
 * @param usualContentType where the result names none
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function readFormat1Result(
  json: string,
  usualContentType: string,
): FunctionResponse | MalformedResult {
  const parsed = parse(json);
  if (parsed.kind === "malformed") return parsed;
  const { value } = parsed;
  if (!isRecord(value)) return malformed(`is no object with a statusCode: got ${shown(value)}`);
  const other = Object.keys(value).find((name) => !format1Members.includes(name));
  if (other !== undefined)
    return malformed(`has the member ${JSON.stringify(other)}, which is unknown`);
  const headers = readHeaders(value["headers"]);
  if (typeof headers === "string") return malformed(headers);
  const multiValueHeaders = readHeaders(value["multiValueHeaders"]);
  if (typeof multiValueHeaders === "string") return malformed(multiValueHeaders);
  const names = new Set(multiValueHeaders.map(([name]) => name.toLowerCase()));
  const all = [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...multiValueHeaders];
  return shaped(value, withContentType(all, usualContentType));
}

const format1Members = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

function shaped(
  { statusCode = 200, body, isBase64Encoded }: Readonly<Record<string, unknown>>,
  headers: FunctionResponse["headers"],
): FunctionResponse | MalformedResult {
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    return malformed(`has a statusCode that is no status: got ${shown(statusCode)}`);
  }
  if (body !== undefined && body !== null && typeof body !== "string") {
    return malformed(`has a body that is no string: got ${shown(body)}. Use JSON.stringify`);
  }
  return {
    kind: "response",
    status,
    headers,
    body: body ?? "",
    isBase64Encoded: isBase64Encoded === true,
  };
}

/** Those that belong to the connection are the endpoint's own. */
const ofConnection = ["connection", "content-length", "date", "transfer-encoding"];

/** Returns what is wrong where it is no mapping of texts, or of lists of them. */
function readHeaders(headers: unknown): FunctionResponse["headers"] | string {
  if (headers === undefined || headers === null) return [];
  if (!isRecord(headers)) return `has headers that are no object: got ${shown(headers)}`;
  const read: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (ofConnection.includes(name.toLowerCase())) continue;
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (!["string", "number", "boolean"].includes(typeof one)) {
        return `has a header ${JSON.stringify(name)} that is no text: got ${shown(one)}`;
      }
      read.push([name, bytesOfText(String(one))]);
    }
  }
  return read;
}

function withContentType(
  headers: FunctionResponse["headers"],
  usual: string,
): FunctionResponse["headers"] {
  const isNamed = headers.some(([name]) => name.toLowerCase() === "content-type");
  return isNamed ? headers : [["Content-Type", usual], ...headers];
}

/** Python writes numbers that JSON does not have, as NaN. */
function parse(
  json: string,
): { readonly kind: "value"; readonly value: unknown } | MalformedResult {
  if (Buffer.byteLength(json) > maxResultBytes) {
    return malformed(`is larger than the ${maxResultBytes} bytes that Lambda returns`);
  }
  try {
    return { kind: "value", value: JSON.parse(json) };
  } catch {
    return malformed(`is no JSON: got ${shown(json)}`);
  }
}

function malformed(problem: string): MalformedResult {
  return { kind: "malformed", problem };
}

const maxShownCharacters = 60;

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > maxShownCharacters ? `${json.slice(0, maxShownCharacters)}…` : json;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
