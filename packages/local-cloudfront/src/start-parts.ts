import { cloudFrontQuotas } from "cf-rules";
import { openAccessLog, type AccessLog } from "./access-log/open-access-log.ts";
import { systemClock, type AdjustableClock } from "./clock.ts";
import type { JourneyRecord } from "./edge-location/journey-record.ts";
import type { Inspected } from "./inspector/inspected.ts";
import type { Inspector } from "./inspector/start-inspector.ts";
import { loadAssembly } from "./load-assembly.ts";
import type { LocalCloudFrontOptions } from "./local-cloudfront-options.ts";
import { openDebugger, type OpenDebugger } from "./open-debugger.ts";
import { openInspector } from "./open-inspector.ts";
import { replayRequest } from "./replay-request.ts";
import {
  createMachinery,
  runDistribution,
  type Machinery,
  type RunningDistribution,
} from "./running-distribution.ts";
import { createMasking, defaultMaskedHeaders } from "./trace/masking.ts";
import { TraceLog } from "./trace/trace-log.ts";
import { ViewerProfiles } from "./viewer-profiles.ts";
import type { ServerCertificate } from "./viewer/create-node-server.ts";
import { selfSignedCertificate } from "./viewer/self-signed-certificate.ts";
import { startViewerServer, type ViewerServer } from "./viewer/viewer-server.ts";

/** What a local CloudFront is made of. */
export interface StartedParts extends MadeParts, Omit<OpenParts, "viewerServer"> {
  readonly viewerServer: ViewerServer;
  /** PEM; undefined where viewers speak plain HTTP. */
  readonly certificate: string | undefined;
}

/** What is there before anything is opened. */
interface MadeParts {
  readonly options: LocalCloudFrontOptions;
  readonly clock: AdjustableClock;
  readonly profiles: ViewerProfiles;
  readonly machinery: Machinery;
  readonly current: { running: RunningDistribution };
  readonly traceLog: TraceLog;
  /** They get records, from which the traces are made. */
  readonly listeners: Set<(record: JourneyRecord) => void>;
}

/** What has to be closed. */
interface OpenParts {
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
export async function startParts(options: LocalCloudFrontOptions): Promise<StartedParts> {
  const made = makeParts(options);
  const { machinery, current } = made;
  const open: OpenParts = {};
  try {
    open.openDebugger = options.debugger && openDebugger(options.debugger);
    const certificate =
      options.https === true ? await selfSignedCertificate(options.host) : undefined;
    open.accessLog =
      options.accessLog === undefined ? undefined : openAccessLog(options.accessLog, warnOf);
    const viewerServer = await listen(made, open, certificate);
    open.viewerServer = viewerServer;
    machinery.functionRunner.prepare(current.running.loaded.distribution);
    const inspected = inspectedParts(made, open, viewerServer.url, certificate);
    open.inspector = await openInspector(options, inspected, warnOf);
    return { ...made, ...open, viewerServer, certificate: certificate?.cert };
  } catch (error) {
    await open.viewerServer?.close();
    open.openDebugger?.close();
    await Promise.all([open.accessLog?.close(), machinery.close()]);
    throw error;
  }
}

function makeParts(options: LocalCloudFrontOptions): MadeParts {
  const clock = systemClock();
  const profiles = new ViewerProfiles(options.viewer ?? {});
  const loaded = loadAssembly(options, clock);
  const machinery = createMachinery(options, clock);
  const running = runDistribution(loaded, machinery.createCache(), machinery, options);
  const traceLog = new TraceLog(
    { maxTraces: options.maxTraces ?? 100, maxBytes: options.maxTraceBytes ?? 16 * 1024 * 1024 },
    createMasking(options.maskedHeaders ?? defaultMaskedHeaders),
  );
  const current = { running };
  return { options, clock, profiles, machinery, current, traceLog, listeners: new Set() };
}

function listen(
  { options, clock, profiles, current, traceLog, listeners }: MadeParts,
  open: OpenParts,
  certificate: ServerCertificate | undefined,
): Promise<ViewerServer> {
  const { accessLog } = open;
  return startViewerServer({
    clock,
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 8787,
    certificate,
    acceptsHttp2: () => current.running.loaded.distribution.http2,
    quotas: { ...cloudFrontQuotas, ...options.quotas },
    viewerProtocol: options.viewerProtocol ?? "https",
    handle: (viewerRequest) =>
      current.running.edgeLocation.handle(profiles.identify(viewerRequest)),
    onAnswer: ({ record }) => {
      traceLog.add(record);
      open.inspector?.add(record);
      for (const listener of listeners) listener(record);
    },
    onDelivered:
      accessLog && ((exchange) => accessLog.write({ ...exchange, ...current.running.logged })),
    onInternalError: warnOf,
  });
}

function inspectedParts(
  { options, current, traceLog }: MadeParts,
  open: OpenParts,
  url: string,
  certificate: ServerCertificate | undefined,
): Inspected {
  return {
    url,
    distribution: () => current.running.loaded.distribution,
    find: (requestId) => traceLog.find(requestId),
    keepTraces: (listed) => traceLog.keep(options.maxTraces ?? listed),
    clear: () => {
      traceLog.clear();
      open.inspector?.clear();
    },
    invalidate: (paths) => current.running.objectCache.createInvalidation(paths),
    replay: async (requestId) => {
      const record = traceLog.record(requestId);
      return record && replayRequest(url, certificate?.cert, record);
    },
  };
}

/** Tells of what went wrong in the local CloudFront itself, or in its log; it goes on. */
function warnOf(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
