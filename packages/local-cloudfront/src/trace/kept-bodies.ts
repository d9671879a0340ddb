import { StreamedBody } from "../http/streamed-body.ts";

/** The beginning of a body. */
export interface KeptBody {
  /** One that is streamed is read from where it is stored, when somebody looks at it. */
  readonly beginning: Uint8Array | StreamedBody;
  /** Of the whole body. */
  readonly totalBytes: number;
}

/** The bodies of one request and of its response; undefined for an empty one. */
export interface KeptBodies {
  readonly request: KeptBody | undefined;
  readonly response: KeptBody | undefined;
}

type Body = Uint8Array | StreamedBody | undefined;

/** Bytes of a body that are kept at most. */
const maxBodyBytes = 64 * 1024;

/** Returns what is kept of the bodies of a request and of its response. */
export function keptBodies(request: Body, response: Body): KeptBodies {
  return { request: beginningOf(request), response: beginningOf(response) };
}

/** Returns how many bytes of memory they take. */
export function bytesOfBodies({ request, response }: KeptBodies): number {
  return bytesInMemory(request) + bytesInMemory(response);
}

function beginningOf(body: Body): KeptBody | undefined {
  if (body === undefined || body.byteLength === 0) return undefined;
  const totalBytes = body.byteLength;
  if (body instanceof StreamedBody)
    return { beginning: body.subarray(0, maxBodyBytes), totalBytes };
  // A copy of what is long, since a part of it would keep all of it in memory.
  const beginning =
    totalBytes <= maxBodyBytes ? body : new Uint8Array(body.subarray(0, maxBodyBytes));
  return { beginning, totalBytes };
}

function bytesInMemory(body: KeptBody | undefined): number {
  return body?.beginning instanceof Uint8Array ? body.beginning.byteLength : 0;
}
