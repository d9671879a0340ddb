import type { GeneratedResponse, ViewerRequestContinuation, ViewerRequestHandler } from "cf-types";
import { viewerRequestEvent } from "edge-function-testing";

/** What comes of a request. */
export interface Visited {
  /** 200 where it passes. */
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string | undefined;
  /** As the origin would see it. */
  readonly request: ViewerRequestContinuation | undefined;
}

const navigation = { accept: "text/html,*/*;q=0.8", "sec-fetch-mode": "navigate" };
/** What a script asks for by `fetch`. */
export const fetching = {
  accept: "application/json",
  "sec-fetch-mode": "cors",
  "sec-fetch-dest": "empty",
};

/** A browser that visits a site whose viewer-request function is a handler. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #handler: ViewerRequestHandler;
  readonly #host: string;

  constructor(handler: ViewerRequestHandler, host: string) {
    this.#handler = handler;
    this.#host = host;
  }

  async visit(
    url: string,
    headers: Readonly<Record<string, string>> = navigation,
    method = "GET",
  ): Promise<Visited> {
    const { pathname, search } = new URL(url, `http://${this.#host}`);
    const cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    const all = { host: this.#host, ...headers, ...(cookie !== "" && { cookie }) };
    const lines = Object.entries(all).map(([name, value]) => [name, [{ key: name, value }]]);
    const result = await this.#handler(
      viewerRequestEvent({
        method,
        uri: pathname,
        querystring: search.slice(1),
        headers: Object.fromEntries(lines),
      }),
    );
    if (!result || !("status" in result)) {
      return { status: 200, location: undefined, body: undefined, request: result };
    }
    this.#keepCookies(result);
    const { status, body } = result;
    return {
      status: Number(status),
      location: result.headers?.["location"]?.[0]?.value,
      body: typeof body === "string" ? body : undefined,
      request: undefined,
    };
  }

  #keepCookies({ headers }: GeneratedResponse): void {
    for (const { value } of headers?.["set-cookie"] ?? []) {
      const [, name = "", content = ""] = /^([^=]+)=([^;]*)/.exec(value) ?? [];
      if (value.includes("Max-Age=0;")) this.cookies.delete(name);
      else this.cookies.set(name, content);
    }
  }
}
