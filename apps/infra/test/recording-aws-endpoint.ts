import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One request to AWS, as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** What the endpoint answers. */
export interface RecordedAnswer {
  readonly status: number;
  readonly body: string;
}

/** A test double: it stands where AWS would, records each request, and knows nothing of AWS. */
export class RecordingAwsEndpoint implements AsyncDisposable {
  readonly requests: RecordedRequest[] = [];
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async open(answer: (request: RecordedRequest) => RecordedAnswer) {
    const server = createServer((incoming, outgoing) => {
      void text(incoming).then((body) => {
        const { method = "", url = "", headers } = incoming;
        const request = { method, path: url.replace(/\?.*$/, ""), headers, body };
        endpoint.requests.push(request);
        const { status, body: answerBody } = answer(request);
        outgoing.writeHead(status, { "content-type": "text/xml" }).end(answerBody);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const endpoint = new RecordingAwsEndpoint(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
    return endpoint;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}
