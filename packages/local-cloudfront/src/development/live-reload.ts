import { randomUUID } from "node:crypto";
import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";
import { textOfBytes } from "../http/byte-string.ts";
import { addHeaderLine, emptyHeaders } from "../http/empty-headers.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { appendToBody } from "./append-to-body.ts";
import { isNavigation } from "./is-navigation.ts";
import {
  liveReloadScript,
  revisionHeader,
  revisionScript,
  scriptPath,
  waitPath,
} from "./live-reload-script.ts";
import { scriptPermission } from "./script-permission.ts";

/** A request waits for no longer than this, so that none is forgotten. */
const waitMs = 25_000;

/**
 * Loads the pages of browsers again when something else is served. A script of the site's own origin does so, at
 * the end of each document that a browser shows, where the document's policies permit it: no policy is changed.
 */
export class LiveReload {
  /** Another one than that of a local CloudFront that had the port before. */
  #revision = randomUUID();
  readonly #waiting = new Set<() => void>();
  readonly #refused = new Set<string>();
  readonly #onRefused: (message: string) => void;

  /** @param onRefused called with each directive, once, by which a document is not reloaded */
  constructor(onRefused: (message: string) => void) {
    this.#onRefused = onRefused;
  }

  /** Of what is served now. */
  get revision(): string {
    return this.#revision;
  }

  /** Loads all pages again. */
  reload(): void {
    this.#revision = randomUUID();
    this.#refused.clear();
    this.#endWaits();
  }

  close(): void {
    this.#endWaits();
  }

  takes({ request }: Pick<ViewerRequest, "request">): boolean {
    const { method, uri } = request;
    return method === "GET" && (uri === scriptPath || uri === waitPath);
  }

  async receive({ request }: Pick<ViewerRequest, "request">): Promise<HttpResponse> {
    if (request.uri === scriptPath) return ownScript(liveReloadScript, this.#revision);
    if (request.querystring === `revision=${this.#revision}`) await this.#wait();
    return ownScript(revisionScript(this.#revision), this.#revision);
  }

  /**
   * Returns the response with the script at its end, where it is a document.
   *
   * @param revision of what was served when the request came
   */
  async watch(
    request: HttpRequest,
    edgeResponse: EdgeResponse,
    revision: string,
  ): Promise<EdgeResponse> {
    const { response } = edgeResponse;
    const contentType = response.headers["content-type"]?.[0]?.value ?? "";
    if (!isNavigation(request) || !/^text\/html\b/i.test(contentType)) return edgeResponse;
    const watched = await appendToBody(response, (html) =>
      this.#tagFor(request, response, html, revision),
    );
    return watched === response ? edgeResponse : { ...edgeResponse, response: watched };
  }

  #tagFor(request: HttpRequest, { headers }: HttpResponse, html: string, revision: string): string {
    const permission = scriptPermission(headers, html);
    if (permission.kind === "refused") {
      this.#tellRefused(textOfBytes(request.uri), permission.directive);
      return "";
    }
    const { transport, nonce } = permission;
    const own = nonce === undefined ? "" : ` nonce="${nonce}"`;
    return `<script src="${scriptPath}" data-revision="${revision}" data-transport="${transport}"${own}></script>`;
  }

  #tellRefused(path: string, directive: string): void {
    if (this.#refused.has(directive)) return;
    this.#refused.add(directive);
    this.#onRefused(
      `${path} is not reloaded when something changes: ${directive} of its policy does not permit it. Reload it yourself.`,
    );
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, waitMs).unref();
      this.#waiting.add(end);
    });
  }

  #endWaits(): void {
    for (const end of this.#waiting) end();
  }
}

function ownScript(script: string, revision: string): HttpResponse {
  const body = Buffer.from(script);
  const headers = emptyHeaders();
  addHeaderLine(headers, "Cache-Control", "no-store");
  addHeaderLine(headers, "Content-Length", String(body.byteLength));
  addHeaderLine(headers, "Content-Type", "text/javascript; charset=utf-8");
  addHeaderLine(headers, revisionHeader, revision);
  return { status: 200, statusDescription: "OK", headers, body };
}
