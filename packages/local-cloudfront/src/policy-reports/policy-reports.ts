import type { PolicyRemedies } from "../distribution/distribution.ts";
import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";
import { textOfBytes } from "../http/byte-string.ts";
import { emptyHeaders } from "../http/empty-headers.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { policyRemedy } from "./policy-remedy.ts";
import { policySetter } from "./policy-setter.ts";
import type { PolicyViolation } from "./policy-violation.ts";
import { type BrowserReport, readReports } from "./read-reports.ts";
import { hasPolicy, reportPath, withReportEndpoint } from "./report-endpoint.ts";

/** A page that went out with a policy. */
interface ServedPage {
  readonly requestId: string;
  readonly setBy: string;
}

const maxPages = 1000;
const maxViolations = 1000;

/** What browsers report of the policies that go out, the same thing once. */
export class PolicyReports {
  /** By path; the latest is the last. */
  readonly #pages = new Map<string, ServedPage>();
  readonly #violations = new Map<string, PolicyViolation>();
  readonly #remedies: () => PolicyRemedies;
  readonly #onViolation: (violation: PolicyViolation) => void;

  /**
   * @param remedies Of the distribution that is served now.
   * @param onViolation Called with each one, again where it happens again.
   */
  constructor(remedies: () => PolicyRemedies, onViolation: (violation: PolicyViolation) => void) {
    this.#remedies = remedies;
    this.#onViolation = onViolation;
  }

  /** Each violation once, in the order in which they were first seen. */
  get violations(): readonly PolicyViolation[] {
    return [...this.#violations.values()];
  }

  clear(): void {
    this.#violations.clear();
  }

  /** Returns the response with an endpoint for reports in its policies, and remembers its page. */
  watch(edgeResponse: EdgeResponse): EdgeResponse {
    const { response, record } = edgeResponse;
    if (!hasPolicy(response.headers)) return edgeResponse;
    const path = textOfBytes(record.request.uri);
    this.#pages.delete(path);
    this.#pages.set(path, { requestId: record.requestId, setBy: policySetter(record) });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > maxPages && oldest !== undefined) this.#pages.delete(oldest);
    return { ...edgeResponse, response: withReportEndpoint(response) };
  }

  /** Whether a request has reports, which the distribution never sees. */
  takes({ request }: Pick<ViewerRequest, "request">): boolean {
    return request.method === "POST" && textOfBytes(request.uri) === reportPath;
  }

  /** Takes the reports of a request. */
  receive({ request }: Pick<ViewerRequest, "request">): HttpResponse {
    for (const report of readReports(request.body ?? new Uint8Array())) this.#add(report);
    return {
      status: 204,
      statusDescription: "No Content",
      headers: emptyHeaders(),
      body: new Uint8Array(),
    };
  }

  #add(report: BrowserReport): void {
    const { documentUrl, directive, blocked, sourceFile, line, isEnforced } = report;
    const page = URL.parse(documentUrl)?.pathname ?? documentUrl;
    const key = JSON.stringify([page, directive, blocked, isEnforced]);
    const known = this.#violations.get(key);
    if (known === undefined && this.#violations.size >= maxViolations) return;
    // A single-page app changes its address without a request: the latest page is the one then.
    const served = this.#pages.get(page) ?? [...this.#pages.values()].at(-1);
    const violation: PolicyViolation = {
      requestId: served?.requestId,
      page,
      directive,
      blocked,
      place: placeOf(sourceFile, line, documentUrl),
      isEnforced,
      setBy: served?.setBy ?? "the page itself",
      remedy: policyRemedy(report, this.#remedies()),
      count: (known?.count ?? 0) + 1,
    };
    this.#violations.set(key, violation);
    this.#onViolation(violation);
  }
}

function placeOf(
  sourceFile: string | undefined,
  line: number | undefined,
  documentUrl: string,
): string | undefined {
  if (sourceFile === undefined) return undefined;
  const url = URL.parse(sourceFile);
  const isOwn = url !== null && url.origin === URL.parse(documentUrl)?.origin;
  const file = isOwn ? url.pathname : sourceFile;
  return line === undefined ? file : `${file}:${line}`;
}
