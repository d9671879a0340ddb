import { ErrorOverlay } from "../development/error-overlay.ts";
import { LiveReload } from "../development/live-reload.ts";
import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";
import type { HttpResponse } from "../http/http-message.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import type { PolicyReports } from "../policy-reports/policy-reports.ts";

type Request = Omit<ViewerRequest, "profile">;

/** What pages need of the rest. */
export interface DeveloperPagesContext {
  readonly policyReports: PolicyReports | undefined;
  readonly inspectorUrl: () => string | undefined;
  /** Takes a sentence that the developer should read. */
  readonly onNotice: (notice: string) => void;
}

/**
 * What a developer gets beside CloudFront: reports of policies, the error overlay, live reload. It is added to
 * responses on their way to the viewer: traces, functions and the cache see none of it.
 */
export class DeveloperPages {
  readonly #liveReload: LiveReload | undefined;
  readonly #errorOverlay: ErrorOverlay | undefined;
  readonly #policyReports: PolicyReports | undefined;
  readonly #endpoints: readonly (LiveReload | ErrorOverlay | PolicyReports)[];

  constructor(
    { liveReload, errorOverlay }: LocalCloudFrontOptions,
    { policyReports, inspectorUrl, onNotice }: DeveloperPagesContext,
  ) {
    this.#liveReload = liveReload === true ? new LiveReload(onNotice) : undefined;
    this.#errorOverlay = errorOverlay === true ? new ErrorOverlay(inspectorUrl) : undefined;
    this.#policyReports = policyReports;
    this.#endpoints = [this.#policyReports, this.#errorOverlay, this.#liveReload].filter(
      (endpoint) => endpoint !== undefined,
    );
  }

  /** Whether any of these was asked for: what nobody asked for costs a request nothing. */
  get isUsed(): boolean {
    return this.#endpoints.length > 0;
  }

  /** Of what is served now; to be asked before a request is handled. */
  get revision(): string {
    return this.#liveReload?.revision ?? "";
  }

  /** Whether a request is for one of these, so that the distribution never sees it. */
  takes(viewerRequest: Request): boolean {
    return this.#endpoints.some((endpoint) => endpoint.takes(viewerRequest));
  }

  /** Responds to a request that is for one of these. */
  async receive(viewerRequest: Request): Promise<HttpResponse> {
    const endpoint = this.#endpoints.find((each) => each.takes(viewerRequest));
    if (endpoint === undefined) throw new TypeError("The request is the distribution's.");
    return endpoint.receive(viewerRequest);
  }

  /**
   * Returns what a viewer gets in place of a response of the distribution.
   *
   * @param revision as it was before the request was handled
   */
  async complete(
    { request }: Request,
    edgeResponse: EdgeResponse,
    revision: string,
  ): Promise<EdgeResponse> {
    const shown = this.#errorOverlay?.show(request, edgeResponse) ?? edgeResponse;
    const watched = (await this.#liveReload?.watch(request, shown, revision)) ?? shown;
    return this.#policyReports?.watch(watched) ?? watched;
  }

  /** Loads the pages of browsers again. */
  reload(): void {
    this.#liveReload?.reload();
  }

  close(): void {
    this.#liveReload?.close();
  }
}
