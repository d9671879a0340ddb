import type {
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
  ResultHeaders,
} from "cf-types";

/** What a function returned, in a shape of neither engine. */
export interface PlainResult {
  /** Of a request, as the next one. */
  readonly uri?: string;
  readonly querystring?: string;
  /** Of a response, as the next ones. */
  readonly status?: string;
  readonly statusDescription?: string | undefined;
  readonly body?: unknown;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** A request or a response as a Lambda@Edge function returns it. */
export interface LambdaEdgeResult {
  readonly uri?: string;
  readonly querystring?: string;
  readonly status?: string | number;
  readonly statusDescription?: string;
  readonly headers?: Readonly<ResultHeaders>;
  readonly body?: unknown;
}

/** Returns what a Lambda@Edge function returned. */
export function plainLambdaEdgeResult(result: LambdaEdgeResult): PlainResult {
  const { uri, querystring = "", status, statusDescription, headers = {}, body } = result;
  const lines = Object.entries(headers).map(([name, values = []]) => [
    name,
    name === "cookie"
      ? [values.map(({ value }) => value).join("; ")]
      : values.map(({ value }) => value),
  ]);
  const plain = { headers: Object.fromEntries(lines) };
  return uri === undefined
    ? { status: String(status), statusDescription, body, ...plain }
    : { uri, querystring, ...plain };
}

/** Returns what a CloudFront Function returned. */
export function plainCloudFrontFunctionResult(
  result: CloudFrontFunctionRequest | CloudFrontFunctionResponse,
): PlainResult {
  const lines = Object.entries(result.headers ?? {}).map(([name, values]) => [
    name,
    valuesOf(values).map(({ value }) => value),
  ]);
  const headers = Object.fromEntries(lines);
  if ("uri" in result) {
    const { uri, querystring } = result;
    const cookie = pairsOf(result.cookies).join("; ");
    return {
      uri,
      querystring: typeof querystring === "string" ? querystring : pairsOf(querystring).join("&"),
      headers: { ...headers, ...(cookie && { cookie: [cookie] }) },
    };
  }
  const { statusCode, statusDescription, cookies = {}, body } = result;
  const setCookies = Object.entries(cookies).flatMap(([name, values]) =>
    valuesOf(values).map(({ value, attributes }) =>
      [`${name}=${value}`, attributes].filter(Boolean).join("; "),
    ),
  );
  return {
    status: String(statusCode),
    statusDescription,
    body,
    headers: { ...headers, ...(setCookies.length > 0 && { "set-cookie": setCookies }) },
  };
}

function pairsOf(values: Readonly<Record<string, CloudFrontFunctionValues>>): readonly string[] {
  return Object.entries(values).flatMap(([name, each]) =>
    valuesOf(each).map(({ value }) => `${name}=${value}`),
  );
}

function valuesOf<Value extends object>(
  values: Value & { readonly multiValue?: readonly Value[] },
): readonly Value[] {
  return values.multiValue ?? [values];
}
