import type { HttpHeaders } from "../distribution/http-message.ts";
import type { RequestProblem } from "../edge-location/viewer-request.ts";
import { Recent } from "../recent.ts";
import { checkHeaderLines } from "./check-request-head.ts";
import { headerLinesBytes, headersOf, type RequestHead } from "./request-head.ts";

/** What the header lines of a request say. */
export interface HeaderLines {
  readonly headers: HttpHeaders;
  readonly bytes: number;
  /** What makes the request none for CloudFront, whatever its path. */
  readonly problem: RequestProblem | undefined;
}

interface RememberedLines extends HeaderLines {
  readonly of: RequestHead;
}

/** How many are remembered: a browser sends others for pages, scripts, pictures and data. */
const MOST = 8;

/**
 * Reads the header lines of requests. A viewer sends mostly the same ones again: they are read once,
 * and all requests that have them share one object of headers.
 */
export class RecentHeads {
  readonly #recent = new Recent<RememberedLines>(MOST);

  /** Returns what the header lines of a head say. */
  linesOf(head: RequestHead): HeaderLines {
    // An absolute URL has a host of its own.
    if (!head.target.startsWith("/")) return readLines(head);
    for (const remembered of this.#recent.items) {
      if (hasSameLines(remembered.of, head)) return remembered;
    }
    return this.#recent.add({ ...readLines(head), of: head });
  }
}

function readLines(head: RequestHead): HeaderLines {
  return {
    headers: headersOf(head),
    bytes: headerLinesBytes(head),
    problem: checkHeaderLines(head),
  };
}

function hasSameLines(a: RequestHead, b: RequestHead): boolean {
  const { length } = a.rawHeaders;
  if (length !== b.rawHeaders.length || a.httpVersion !== b.httpVersion) return false;
  // Values differ rather than names, and the last ones rather than the first.
  for (let index = length - 1; index >= 0; index -= 1) {
    if (a.rawHeaders[index] !== b.rawHeaders[index]) return false;
  }
  return a.isHttp2 === b.isHttp2;
}
