import { cloudFrontQuotas } from "cf-rules";
import { readCredentials } from "./read-credentials.ts";
import { openAccessLog, type AccessLog } from "../access-log/open-access-log.ts";
import { cloudFrontFunctionsOf } from "../distribution/cloudfront-functions.ts";
import { systemClock, type AdjustableClock } from "../clock.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import type { Inspected } from "../inspector/inspected.ts";
import type { Inspector } from "../inspector/start-inspector.ts";
import { loadAssembly } from "./load-assembly.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import { PolicyReports } from "../policy-reports/policy-reports.ts";
import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
import { DeveloperPages } from "./developer-pages.ts";
import { openDebugger, type OpenDebugger } from "./open-debugger.ts";
import { openInspector } from "./open-inspector.ts";
import { replayRequest } from "./replay-request.ts";
import {
  createSharedServices,
  runDistribution,
  type SharedServices,
  type RunningDistribution,
} from "./running-distribution.ts";
import { keptBodies } from "../trace/kept-bodies.ts";
import { maskBody } from "../trace/mask-body.ts";
import { createMasking, defaultMaskedHeaders, type Masking } from "../trace/masking.ts";
import { TraceLog } from "../trace/trace-log.ts";
import { viewerPorts } from "./usual-ports.ts";
import { ViewerProfiles } from "./viewer-profiles.ts";
import type { ServerCertificate } from "../viewer/create-node-server.ts";
import { selfSignedCertificate } from "../viewer/self-signed-certificate.ts";
import { startViewerServer, type ViewerServer } from "../viewer/viewer-server.ts";

/** What a local CloudFront is made of. */
export interface RunningServer extends ServerParts, Omit<OpenResources, "viewerServer"> {
  readonly pages: DeveloperPages;
  readonly viewerServer: ViewerServer;
  /** PEM; undefined where viewers speak plain HTTP. */
  readonly certificate: string | undefined;
  /** Forgets the traces so far, with all that belongs to them. */
  readonly clearTraces: () => void;
}

/** What is there before anything is opened. */
interface ServerParts {
  readonly options: LocalCloudFrontOptions;
  readonly clock: AdjustableClock;
  readonly profiles: ViewerProfiles;
  readonly services: SharedServices;
  readonly current: { running: RunningDistribution };
  readonly traceLog: TraceLog;
  readonly masking: Masking;
  /** For the inspector. */
  readonly keepsBodies: boolean;
  /** They get records, from which the traces are made. */
  readonly listeners: Set<(record: RequestRecord) => void>;
  /** Undefined where nobody asked for reports. */
  readonly policyReports: PolicyReports | undefined;
  readonly violationListeners: Set<(violation: PolicyViolation) => void>;
  readonly noticeListeners: Set<(notice: string) => void>;
}

/** What has to be closed. */
interface OpenResources {
  viewerServer?: ViewerServer;
  accessLog?: AccessLog | undefined;
  inspector?: Inspector | undefined;
  openDebugger?: OpenDebugger | undefined;
}

/**
 * Starts all parts of a local CloudFront; where one cannot be had, it closes the others.
 *
 * @throws {LocalCloudFrontError} as `LocalCloudFront.start` does
 */
export async function startServer(options: LocalCloudFrontOptions): Promise<RunningServer> {
  const made = await createParts(options);
  const { services, current } = made;
  const open: OpenResources = {};
  try {
    open.openDebugger = options.debugger && openDebugger(options.debugger);
    const certificate =
      options.https === true ? await selfSignedCertificate(options.host) : undefined;
    open.accessLog =
      options.accessLog === undefined ? undefined : openAccessLog(options.accessLog, warnOf);
    const pages = new DeveloperPages(options, {
      policyReports: made.policyReports,
      inspectorUrl: () => open.inspector?.url,
      onNotice: (notice) => made.noticeListeners.forEach((listener) => listener(notice)),
    });
    const viewerServer = await listen(made, open, certificate, pages);
    open.viewerServer = viewerServer;
    services.functionRunner.prepare(current.running.loaded.distribution);
    services.cloudFrontFunctions.prepare(
      cloudFrontFunctionsOf(current.running.loaded.distribution),
    );
    const inspected = inspectedParts(made, open, viewerServer.url, certificate);
    open.inspector = await openInspector(options, inspected, warnOf);
    const { clear: clearTraces } = inspected;
    const parts = { ...made, ...open, pages, viewerServer, clearTraces };
    return { ...parts, certificate: certificate?.cert };
  } catch (error) {
    await open.viewerServer?.close();
    open.openDebugger?.close();
    await Promise.all([open.accessLog?.close(), services.close()]);
    throw error;
  }
}

async function createParts(options: LocalCloudFrontOptions): Promise<ServerParts> {
  const clock = systemClock();
  const profiles = new ViewerProfiles(options.viewer ?? {});
  const loaded = loadAssembly(options, clock);
  const credentials = options.credentials === true ? await readCredentials() : undefined;
  const services = createSharedServices(options, clock, credentials);
  services.keyValueStores.load(loaded.distribution);
  const running = runDistribution(
    loaded,
    services.createCache(loaded.distribution),
    services,
    options,
  );
  const masking = createMasking(options.maskedHeaders ?? defaultMaskedHeaders);
  const traceLog = new TraceLog(
    { maxTraces: options.maxTraces ?? 100, maxBytes: options.maxTraceBytes ?? 16 * 1024 * 1024 },
    masking,
  );
  const keepsBodies = (options.inspector ?? false) !== false;
  const current = { running };
  const violationListeners: ServerParts["violationListeners"] = new Set();
  const policyReports =
    options.policyReports === true
      ? new PolicyReports(
          () => current.running.loaded.distribution.policyRemedies ?? {},
          (violation) => violationListeners.forEach((listener) => listener(violation)),
        )
      : undefined;
  const parts = { options, clock, profiles, services, current, traceLog, masking, keepsBodies };
  const noticeListeners: ServerParts["noticeListeners"] = new Set();
  return { ...parts, listeners: new Set(), policyReports, violationListeners, noticeListeners };
}

function listen(
  { options, clock, profiles, current, traceLog, keepsBodies, listeners }: ServerParts,
  open: OpenResources,
  certificate: ServerCertificate | undefined,
  pages: DeveloperPages,
): Promise<ViewerServer> {
  const { accessLog } = open;
  return startViewerServer({
    clock,
    host: options.host ?? "127.0.0.1",
    ports: options.port === undefined ? viewerPorts : [options.port],
    certificate,
    acceptsHttp2: () => current.running.loaded.distribution.http2,
    quotas: { ...cloudFrontQuotas, ...options.quotas },
    viewerProtocol: options.viewerProtocol ?? "https",
    handle: async (viewerRequest) => {
      const { revision } = pages;
      const { edgeLocation } = current.running;
      const edgeResponse = await edgeLocation.handle(profiles.identify(viewerRequest));
      const { record, response } = edgeResponse;
      const { body } = viewerRequest.request;
      traceLog.add(record, keepsBodies ? keptBodies(body, response.body) : undefined);
      return pages.isUsed ? pages.complete(viewerRequest, edgeResponse, revision) : edgeResponse;
    },
    itself: pages.isUsed ? pages : undefined,
    refusesUnread: (viewerRequest) =>
      current.running.edgeLocation.refusesUnread(profiles.identify(viewerRequest)),
    onResponse: ({ record }) => {
      open.inspector?.add(record);
      for (const listener of listeners) listener(record);
    },
    onDelivered:
      accessLog && ((exchange) => accessLog.write({ ...exchange, ...current.running.logged })),
    onInternalError: warnOf,
  });
}

function inspectedParts(
  { options, current, traceLog, masking, policyReports, violationListeners }: ServerParts,
  open: OpenResources,
  url: string,
  certificate: ServerCertificate | undefined,
): Inspected {
  return {
    url,
    distribution: () => current.running.loaded.distribution,
    options,
    traces: () => traceLog.latest(),
    find: (requestId) => traceLog.find(requestId),
    bodies: (requestId) => {
      const { record, bodies } = traceLog.kept(requestId) ?? {};
      if (record === undefined || bodies === undefined) return undefined;
      const { request, response } = record;
      const secrets = [...masking.secrets(request.headers), ...masking.secrets(response.headers)];
      return { ...bodies, mask: (text) => maskBody(text, masking, secrets) };
    },
    keepTraces: (listed) => traceLog.keep(options.maxTraces ?? listed),
    clear: () => {
      traceLog.clear();
      policyReports?.clear();
      open.inspector?.clear();
    },
    violations: () => policyReports?.violations ?? [],
    onViolation: (listener) => violationListeners.add(listener),
    invalidate: (paths) => current.running.objectCache.createInvalidation(paths),
    replay: async (requestId, edits) => {
      const { record, bodies } = traceLog.kept(requestId) ?? {};
      const body = bodies?.request;
      return record && replayRequest(url, certificate?.cert, { record, body, edits, masking });
    },
  };
}

/** Tells of what went wrong in the local CloudFront itself, or in its log; it goes on. */
function warnOf(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
