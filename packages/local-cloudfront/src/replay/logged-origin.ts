import type { LoggedRequest } from "../access-log/logged-request.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { Origin } from "../distribution/origins.ts";
import { headerValue } from "../edge-location/http-headers.ts";
import { emptyHeaders } from "../http/empty-headers.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { StreamedBody, type StreamedBodySource } from "../http/streamed-body.ts";
import { Memo } from "../memo.ts";
import type { OriginClient } from "../origin/origin-client.ts";
import type { ReplayMoment } from "./replay-moment.ts";

/** Result types of responses that came from an origin, at once or through the cache. */
const fromOrigin: ReadonlySet<string | undefined> = new Set([
  "Hit",
  "RefreshHit",
  "OriginShieldHit",
  "Miss",
]);

/**
 * Returns an origin client that responds with the status, the size and the media type of the line that is replayed,
 * unless a folder or an option gives the origin content. It contacts nobody by itself.
 *
 * @param distribution that wrote the log: its custom error responses say which status of the origin became another
 */
export function createLoggedOrigin(
  client: OriginClient,
  distribution: Distribution,
  moment: ReplayMoment,
): OriginClient {
  return {
    resolve: () => Promise.resolve(undefined),
    async fetch(origin, request, viewerProtocol) {
      if (hasContent(origin)) return client.fetch(origin, request, viewerProtocol);
      const { sent } = moment;
      const { logged } = sent;
      // The page of a custom error response, or another origin after one that failed: of these the line says nothing.
      const status = sent.originRequests > 0 ? 200 : originStatusOf(logged, distribution);
      sent.originRequests += 1;
      if (status === undefined) sent.unknownResponses += 1;
      return { kind: "response", response: loggedResponse(logged, status ?? 200, request) };
    },
    close: () => client.close(),
  };
}

/** What is named by `--origin`, and the folders of a site. */
function hasContent({ content }: Origin): boolean {
  return ["folder", "deployed", "url"].includes(content.kind);
}

/** Returns undefined where CloudFront or a function responded. */
function originStatusOf(
  { status, resultType, detailedResultType }: LoggedRequest,
  { customErrorResponses }: Distribution,
): number | undefined {
  if (detailedResultType === "MissGeneratedResponse" || status === 0) return undefined;
  // The log has no conditions and no ranges: the whole object is what a request without them gets.
  if (fromOrigin.has(resultType)) return status === 206 || status === 304 ? 200 : status;
  if (resultType !== "Error" || /^(?:ClientGeo|InvalidRequest)/.test(detailedResultType ?? "")) {
    return undefined;
  }
  const rules = customErrorResponses.filter(({ responseCode }) => responseCode === status);
  // Several that lead to the same page are all the same to a viewer.
  const pages = new Set(rules.map(({ responsePagePath }) => responsePagePath));
  if (pages.size === 1) return rules[0]?.errorCode;
  return status >= 400 ? status : undefined;
}

/** The same few texts for all objects of a cache: each text of a line keeps all of the line. */
const contentTypes = new Memo<string>(100);

function loggedResponse(logged: LoggedRequest, status: number, request: HttpRequest): HttpResponse {
  const bytes = logged.responseBytes ?? 0;
  // As long as the log gives the same size, an object is taken to be unchanged.
  const etag = `W/"${bytes}"`;
  const isUnchanged = headerValue(request.headers, "if-none-match") === etag && status === 200;
  const headers = emptyHeaders();
  const add = (key: string, value: string): void => {
    headers[key.toLowerCase()] = [{ key, value }];
  };
  if (status === 200) add("ETag", etag);
  const { contentType } = logged;
  if (contentType !== undefined) {
    add(
      "Content-Type",
      contentTypes.get([contentType], () => contentType),
    );
  }
  add("Content-Length", String(bytes));
  const hasBody = !isUnchanged && request.method !== "HEAD";
  return {
    status: isUnchanged ? 304 : status,
    statusDescription: "",
    headers,
    body: hasBody ? new StreamedBody(new LoggedBody(bytes)) : new Uint8Array(),
  };
}

/** A body that takes no memory, whatever its size: nobody reads it. */
class LoggedBody implements StreamedBodySource {
  readonly byteLength: number;

  constructor(byteLength: number) {
    this.byteLength = byteLength;
  }

  isUnchanged(): boolean {
    return true;
  }

  async *read(begin: number, end: number): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(end - begin);
  }
}
