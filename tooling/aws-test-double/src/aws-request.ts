import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/** One request to AWS, as it arrived. */
export interface AwsRequest {
  /** As the signature names it, as in `s3`. */
  readonly service: string;
  /** As the signature names it. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What the body says, for a service whose requests are forms. */
  readonly form: URLSearchParams;
  /** What the body says, for a service whose requests are JSON. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The operation, for a service that names it in the request: forms do, and JSON in a header. */
  readonly operation: string;
}

/** Reads a request whole. */
export async function readAwsRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const body = decodeChunks(incoming, await buffer(incoming));
  const url = new URL(incoming.url ?? "/", "http://aws-test-double");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const { accessKeyId, region, service } = signatureScope(headers["authorization"] ?? "");
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  // An object of S3 is nobody's request, whatever its type.
  const isJson =
    service !== "s3" && /^application\/(?:x-amz-)?json/.test(headers["content-type"] ?? "");
  const text = isForm || isJson ? new TextDecoder().decode(body) : "";
  const form = new URLSearchParams(isForm ? text : "");
  return {
    service,
    region,
    accessKeyId,
    method: incoming.method ?? "",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers,
    body,
    form,
    json: isJson && text !== "" ? JSON.parse(text) : {},
    operation: form.get("Action") ?? headers["x-amz-target"]?.split(".")[1] ?? "",
  };
}

/** SigV4A signs for several regions and names none: they stand in a header. */
function signatureScope(authorization: string) {
  const [accessKeyId = "", , ...scope] =
    /Credential=([^,]+)/.exec(authorization)?.[1]?.split("/") ?? [];
  const [region = "", service = ""] = authorization.startsWith("AWS4-ECDSA-P256-SHA256 ")
    ? ["*", ...scope]
    : scope;
  return { accessKeyId, region, service };
}

/** Takes the chunk signatures out of a body that was signed chunk by chunk. */
function decodeChunks({ headers }: IncomingMessage, body: Buffer): Uint8Array {
  if (!String(headers["content-encoding"]).includes("aws-chunked")) return body;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, lineEnd).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
