import { LRUCache } from "lru-cache";
import { StreamedBody } from "../http/streamed-body.ts";

/** The beginning of a body. */
export interface KeptBody {
  /** One that is streamed is read from where it is stored, when somebody looks at it. */
  readonly beginning: Uint8Array | StreamedBody;
  /** Of the whole body. */
  readonly totalBytes: number;
}

/** The bodies of one request and of its response; undefined for an empty one. */
export interface KeptMessageBodies {
  readonly request: KeptBody | undefined;
  readonly response: KeptBody | undefined;
}

type Body = Uint8Array | StreamedBody | undefined;

/** As many as the inspector lists. */
const maxRequests = 10_000;
/** Bytes of a body that are kept at most. */
const maxBodyBytes = 64 * 1024;
/** Bytes of all bodies together; those that nobody looked at for longest go first. */
const maxBytes = 16 * 1024 * 1024;

/** Keeps the bodies of the latest requests, within bounds. */
export class KeptBodies {
  readonly #bodies = new LRUCache<string, KeptMessageBodies>({
    max: maxRequests,
    maxSize: maxBytes,
    sizeCalculation: ({ request, response }) =>
      1 + bytesInMemory(request) + bytesInMemory(response),
  });

  add(requestId: string, request: Body, response: Body): void {
    const bodies = { request: beginningOf(request), response: beginningOf(response) };
    this.#bodies.set(requestId, bodies);
  }

  /** Returns the bodies of a request; undefined where they are not kept any more. */
  find(requestId: string): KeptMessageBodies | undefined {
    return this.#bodies.get(requestId);
  }

  clear(): void {
    this.#bodies.clear();
  }
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
