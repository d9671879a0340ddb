import { addHeaderLine, emptyHeaders } from "../http/empty-headers.ts";
import type { IncomingMessage } from "node:http";
import type { MutableHeaders } from "../http/http-message.ts";
import type { OriginResult } from "./origin-client.ts";
import { badGateway, OriginFailureError } from "./origin-failure.ts";

/** Headers that end at this connection. */
const hopByHop: readonly string[] = ["connection", "keep-alive", "proxy-connection"];

/**
 * Reads a response whose headers are there. A body that breaks off makes it incomplete; it then
 * carries no Content-Length, which would announce more than there is.
 *
 * @param onData called for each part of the body
 * @throws {OriginFailureError} when the origin is too slow, too verbose, or not speaking HTTP
 */
export async function readOriginResponse(
  incoming: IncomingMessage,
  { subject, maxBodyBytes }: { readonly subject: string; readonly maxBodyBytes: number },
  onData: () => void,
): Promise<OriginResult> {
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status > 599) {
    incoming.destroy();
    const message = `${subject} responded with the status ${status}.`;
    throw new OriginFailureError(badGateway("OriginInvalidResponseError", message));
  }
  const { body, isIncomplete } = await readBody(incoming, subject, maxBodyBytes, onData);
  const { statusMessage: statusDescription = "" } = incoming;
  const response = { status, statusDescription, headers: headersOf(incoming), body };
  return { kind: "response", response: isIncomplete ? { ...response, isIncomplete } : response };
}

async function readBody(
  incoming: IncomingMessage,
  subject: string,
  maxBodyBytes: number,
  onData: () => void,
): Promise<{ readonly body: Uint8Array; readonly isIncomplete: boolean }> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of incoming as AsyncIterable<Buffer>) {
      onData();
      bytes += part.length;
      if (bytes > maxBodyBytes) throw tooLarge(subject, maxBodyBytes);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof OriginFailureError) throw error;
    return { body: Buffer.concat(parts), isIncomplete: true };
  }
  return { body: Buffer.concat(parts), isIncomplete: !incoming.complete };
}

function tooLarge(subject: string, maxBodyBytes: number): OriginFailureError {
  const message = `${subject} sent more than the ${maxBodyBytes} bytes that fit into memory here.`;
  return new OriginFailureError(badGateway("OriginReadError", message));
}

/** Names as the origin wrote them, one line per line. */
function headersOf({ rawHeaders }: IncomingMessage): MutableHeaders {
  const headers = emptyHeaders();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    addHeaderLine(headers, rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  for (const name of hopByHop) delete headers[name];
  return headers;
}
