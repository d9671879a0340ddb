import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { textOfBytes } from "../http/byte-string.ts";
import type { RequestEdits } from "../inspector/request-edits.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { KeptBody } from "../trace/kept-bodies.ts";
import type { Masking } from "../trace/masking.ts";

/** Headers that belong to the connection on which a request came. */
const ofTheConnection: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/** A request that is sent again, and what was edited in it. */
export interface Replay {
  readonly record: RequestRecord;
  /** What is kept of its body. */
  readonly body: KeptBody | undefined;
  readonly edits: RequestEdits;
  /** How the values were masked that the edits may have. */
  readonly masking: Masking;
}

/** A request as it goes to the socket. */
interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
}

/**
 * Sends a request to a local CloudFront again, as its viewer sent it but for the edits, and returns the
 * new one's id.
 *
 * @param certificate PEM, of a local CloudFront that speaks TLS
 * @throws {LocalCloudFrontError} when it cannot be sent: a body that is not kept, an edit that HTTP does not allow
 */
export async function replayRequest(
  url: string,
  certificate: string | undefined,
  replay: Replay,
): Promise<string> {
  const { method, path, headers, body } = sentRequest(replay);
  const { hostname, port } = new URL(url);
  const send = certificate === undefined ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = send(
      {
        host: hostname.replace(/^\[|\]$/g, ""),
        port,
        method,
        path,
        headers,
        setHost: false,
        agent: false,
        ...(certificate === undefined ? {} : { ca: certificate }),
      },
      (incoming) => {
        incoming.resume();
        resolve(String(incoming.headers["x-amz-cf-id"]));
      },
    );
    sent.on("error", (error) => reject(problem(`got ${error.message}.`, error)));
    sent.end(body);
  });
}

function sentRequest({ record, body, edits, masking }: Replay): SentRequest {
  const { request } = record;
  const { uri, querystring } = request;
  const method = edits.method ?? request.method;
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(method)) {
    throw problem(`got the method ${JSON.stringify(method)}. Pass a name such as GET.`);
  }
  const path = edits.path ?? (querystring === "" ? uri : `${uri}?${querystring}`);
  if (!path.startsWith("/")) {
    throw problem(`got the path ${JSON.stringify(path)}. Pass one that starts with /.`);
  }
  // HTTP/2 carries any byte in a path, HTTP/1.1 does not.
  if (/[^!-~]/.test(path)) {
    throw problem(
      `got the path ${JSON.stringify(path)}, with characters that only HTTP/2 carries unencoded. Percent-encode them.`,
    );
  }
  const lines = (edits.headers && editedLines(record, edits.headers, masking)) ?? linesOf(record);
  const sentBody = edits.body === undefined ? wholeBody(record, body) : Buffer.from(edits.body);
  const headers = lines.filter(([name]) => !ofTheConnection.has(name.toLowerCase())).flat();
  if (sentBody.byteLength > 0) headers.push("Content-Length", String(sentBody.byteLength));
  return { method, path, headers, body: sentBody };
}

type HeaderLines = readonly (readonly [name: string, value: string])[];

function linesOf({ request }: RequestRecord): HeaderLines {
  return Object.values(request.headers)
    .flat()
    .map(({ key, value }) => [key, value] as const);
}

/** A masked value that was left as it is shown stands for the secret. */
function editedLines(record: RequestRecord, edited: HeaderLines, masking: Masking): HeaderLines {
  return edited.map(([name, value]) => {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      throw problem(`got the header name ${JSON.stringify(name)}. Pass one such as Accept.`);
    }
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\0-\x08\x0a-\x1f\x7f]|[^\0-\xff]/.test(value)) {
      throw problem(
        `got the header ${name} with ${JSON.stringify(value)}. Pass a value without control characters and characters beyond ISO-8859-1.`,
      );
    }
    const original = record.request.headers[name.toLowerCase()]?.find(
      (line) => masking.value(name, textOfBytes(line.value)) === value,
    );
    return [name, original?.value ?? value] as const;
  });
}

function wholeBody({ request }: RequestRecord, body: KeptBody | undefined): Uint8Array {
  const { bodyBytes } = request;
  if (bodyBytes === 0) return new Uint8Array();
  const beginning = body?.beginning;
  if (beginning instanceof Uint8Array && beginning.byteLength === bodyBytes) return beginning;
  throw problem(
    `got a body of ${bodyBytes} bytes, of which ${beginning?.byteLength ?? 0} are kept. Send it from where it came.`,
  );
}

function problem(sentence: string, cause?: unknown): LocalCloudFrontError {
  return new LocalCloudFrontError(`Request cannot be sent again: ${sentence}`, { cause });
}
