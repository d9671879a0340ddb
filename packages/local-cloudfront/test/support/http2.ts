import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2";

/** A response over HTTP/2. */
export interface Http2Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Requests over HTTP/2, whatever certificate the server has. */
export function requestHttp2(
  url: string,
  headers: OutgoingHttpHeaders,
  body?: Buffer,
): Promise<Http2Response> {
  return new Promise((resolve, reject) => {
    const session = connect(url, { rejectUnauthorized: false });
    session.on("error", reject);
    const stream = session.request(headers, { endStream: body === undefined });
    let answered: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on("response", (incoming) => (answered = incoming));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", (error) => {
      session.destroy();
      reject(error);
    });
    stream.on("end", () => {
      session.close();
      resolve({
        status: Number(answered[":status"]),
        headers: answered,
        body: Buffer.concat(chunks),
      });
    });
    if (body !== undefined) stream.end(body);
  });
}
