import { Writable } from "node:stream";
import type { Handler } from "./load-handler.ts";

/** What a streaming handler writes to. */
class ResponseStream extends Writable {
  readonly chunks: Buffer[] = [];
  contentType = "application/octet-stream";
  metadata: Readonly<Record<string, unknown>> = {};

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  setContentType(contentType: string): void {
    this.contentType = contentType;
  }
}

type StreamingHandler = (event: unknown, stream: ResponseStream, context: object) => unknown;

const streaming = new WeakSet<object>();

/**
 * Gives functions the global `awslambda` of Lambda's runtime. Streamed responses are gathered: they
 * are there as a whole when the handler has ended its stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export function provideResponseStreams(): void {
  const awslambda = {
    streamifyResponse(handler: StreamingHandler): StreamingHandler {
      streaming.add(handler);
      return handler;
    },
    HttpResponseStream: {
      from(stream: ResponseStream, metadata: Readonly<Record<string, unknown>>): ResponseStream {
        stream.metadata = metadata;
        return stream;
      },
    },
  };
  Reflect.set(globalThis, "awslambda", awslambda);
}

/** Returns a handler that returns what a streaming one writes, in payload format 2.0; others stay as they are. */
export function gatheringStreams(handler: Handler): Handler {
  if (!streaming.has(handler)) return handler;
  const write = handler as unknown as StreamingHandler;
  return async (event, context) => {
    const stream = new ResponseStream();
    const finished = new Promise<void>((resolve, reject) => {
      stream.once("finish", resolve);
      stream.once("error", reject);
    });
    await Promise.all([write(event, stream, context), finished]);
    const { statusCode = 200, headers = {}, cookies = [] } = stream.metadata;
    const named = Object.keys(headers as object).some((name) => /^content-type$/i.test(name));
    return {
      statusCode,
      headers: { ...(!named && { "content-type": stream.contentType }), ...(headers as object) },
      cookies,
      body: Buffer.concat(stream.chunks).toString("base64"),
      isBase64Encoded: true,
    };
  };
}
