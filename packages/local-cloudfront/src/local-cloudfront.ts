import type { AccessLog } from "./access-log/open-access-log.ts";
import { LocalCloudFrontError } from "./local-cloudfront-error.ts";
import type { AdjustableClock } from "./clock.ts";
import type { RequestRecord } from "./edge-location/request-record.ts";
import { cloudFrontFunctionsOf } from "./distribution/cloudfront-functions.ts";
import type { KeyValueStore } from "./cloudfront-function/key-value-store.ts";
import type { Distribution, TemplateWarning } from "./distribution/distribution.ts";
import type { WatchedPaths } from "./resolve/load-distribution.ts";
import { planReload, type ReloadPlan } from "./distribution/plan-reload.ts";
import type { ViewerProfile } from "./edge-location/request/viewer-profile.ts";
import { fetchTarget } from "./start/fetch-target.ts";
import { fetchWithCertificate } from "./start/fetch-with-certificate.ts";
import type { Inspector } from "./inspector/start-inspector.ts";
import { loadAssembly } from "./start/load-assembly.ts";
import type { LocalCloudFrontOptions } from "./local-cloudfront-options.ts";
import type { OpenDebugger } from "./start/open-debugger.ts";
import {
  runDistribution,
  type SharedServices,
  type RunningDistribution,
} from "./start/running-distribution.ts";
import type { PolicyReports } from "./policy-reports/policy-reports.ts";
import type { PolicyViolation } from "./policy-reports/policy-violation.ts";
import { rememberHooks } from "./start/command-hooks.ts";
import type { DeveloperPages } from "./start/developer-pages.ts";
import { signUrl } from "./start/sign-url.ts";
import { startServer, type RunningServer } from "./start/start-server.ts";
import { rememberTraceOf } from "./trace/trace-of.ts";
import type { TraceLog } from "./trace/trace-log.ts";
import type { Trace } from "./trace/trace.ts";
import type { ViewerProfiles } from "./start/viewer-profiles.ts";
import type { ViewerServer } from "./viewer/viewer-server.ts";

/** What `fetch` takes, and who the viewer is. */
export interface LocalFetchInit extends RequestInit {
  readonly viewer?: ViewerProfile;
}

const dayMs = 86_400_000;

/**
 * A CloudFront distribution on this machine, made from a cloud assembly or a template.
 *
 * @example
 * const cloudfront = await LocalCloudFront.start({ assembly: "cdk.out", port: 0 });
 * const response = await cloudfront.fetch("/notes/1");
 * await cloudfront.close();
 */
export class LocalCloudFront {
  /** Where viewers reach it, without a trailing slash. */
  readonly url: string;
  /** Where the inspector's page is; undefined where it was not asked for. */
  readonly inspectorUrl: string | undefined;
  /** Where a debugger attaches to the functions; undefined without the option `debugger`. */
  readonly debuggerUrl: string | undefined;
  /** Its time; `advance` makes cached objects age. */
  readonly clock: AdjustableClock;
  readonly #options: LocalCloudFrontOptions;
  readonly #viewerServer: ViewerServer;
  /** PEM; undefined where viewers speak plain HTTP. */
  readonly #certificate: string | undefined;
  readonly #accessLog: AccessLog | undefined;
  readonly #inspector: Inspector | undefined;
  readonly #debugger: OpenDebugger | undefined;
  readonly #traceLog: TraceLog;
  readonly #clearTraces: () => void;
  /** They get records, from which the traces are made. */
  readonly #listeners: Set<(record: RequestRecord) => void>;
  readonly #policyReports: PolicyReports | undefined;
  readonly #current: { running: RunningDistribution };
  /** Resolves when nothing of what was served before a reload is under way. */
  #pastEnded: Promise<unknown> = Promise.resolve();
  readonly #services: SharedServices;
  readonly #profiles: ViewerProfiles;
  readonly #pages: DeveloperPages;

  private constructor(parts: RunningServer) {
    this.url = parts.viewerServer.url;
    this.inspectorUrl = parts.inspector?.url;
    this.debuggerUrl = parts.openDebugger?.url;
    this.clock = parts.clock;
    this.#options = parts.options;
    this.#viewerServer = parts.viewerServer;
    this.#certificate = parts.certificate;
    this.#accessLog = parts.accessLog;
    this.#inspector = parts.inspector;
    this.#debugger = parts.openDebugger;
    this.#traceLog = parts.traceLog;
    this.#clearTraces = parts.clearTraces;
    this.#listeners = parts.listeners;
    this.#policyReports = parts.policyReports;
    this.#current = parts.current;
    this.#services = parts.services;
    this.#profiles = parts.profiles;
    this.#pages = parts.pages;
    rememberHooks(this, {
      records: parts.listeners,
      violations: parts.violationListeners,
      notices: parts.noticeListeners,
      keepLastBuilds: () =>
        parts.services.lastBuilds.keep(
          this.watchedPaths.origins,
          () => void this.invalidate(["/*"]),
        ),
      originsChanged: () => parts.services.lastBuilds.changed(),
      reloadBrowsers: () => parts.pages.reload(),
    });
  }

  /**
   * Reads the assembly, starts the distribution and listens for viewers.
   *
   * @throws {LocalCloudFrontError} when CloudFront would refuse the template, when something in it
   * would change security and cannot be done locally, or when the port cannot be had
   */
  static async start(options: LocalCloudFrontOptions): Promise<LocalCloudFront> {
    refuseOldNode(process.versions.node);
    return new LocalCloudFront(await startServer(options));
  }

  /** The distribution that is served. */
  get distribution(): Distribution {
    return this.#current.running.loaded.distribution;
  }

  /** What the template asks for and the local CloudFront does not do. */
  get warnings(): readonly TemplateWarning[] {
    return this.#current.running.loaded.warnings;
  }

  /** The files and folders whose change makes `reload` worthwhile, and those of origins. */
  get watchedPaths(): WatchedPaths {
    return this.#current.running.loaded.watchedPaths;
  }

  /**
   * Sends a request through the socket, as `fetch` does, and returns the viewer's response.
   * Redirects are returned, not followed, unless `init.redirect` says otherwise; with `https`,
   * never.
   *
   * @param input a path such as `/notes/1`, a URL of this distribution, or a Request
   * @param init as for `fetch`; `viewer` says who the viewer is to CloudFront
   * @throws {LocalCloudFrontError} when it would go to another server, or a viewer's value is not valid
   */
  async fetch(
    input: string | URL | Request,
    { viewer, ...init }: LocalFetchInit = {},
  ): Promise<Response> {
    const request = new Request(fetchTarget(input, this.url), { redirect: "manual", ...init });
    if (viewer === undefined) return this.#send(request);
    const forget = this.#profiles.attach(request.headers, viewer);
    return this.#send(request).finally(forget);
  }

  async #send(request: Request): Promise<Response> {
    const response =
      this.#certificate === undefined
        ? await fetch(request)
        : await fetchWithCertificate(request, this.#certificate);
    const requestId = response.headers.get("x-amz-cf-id") ?? "";
    rememberTraceOf(response, () => this.#traceLog.find(requestId));
    return response;
  }

  /** The traces of the latest requests, the oldest first. */
  traces(): readonly Trace[] {
    return this.#traceLog.latest();
  }

  /** What browsers have reported of the policies that went out, each once; none without the option `policyReports`. */
  get policyViolations(): readonly PolicyViolation[] {
    return this.#policyReports?.violations ?? [];
  }

  /** Forgets the traces so far. */
  clearTraces(): void {
    this.#clearTraces();
  }

  /** Calls the listener with the trace of each request from now on; returns a function that stops it. */
  onTrace(listener: (trace: Trace) => void): () => void {
    const describe = (record: RequestRecord): void => listener(this.#traceLog.describe(record));
    this.#listeners.add(describe);
    return () => this.#listeners.delete(describe);
  }

  /**
   * Returns a signed URL for what key groups protect, which expires after a day of the clock.
   *
   * @param path starts with `/`; it may end in `*`, so that the query string holds for all below it
   * @param privateKey PEM; its public key is in a key group of the distribution
   * @throws {LocalCloudFrontError} when no cache behavior trusts the key
   */
  signedUrl(path: string, privateKey: string): string {
    const { distribution } = this.#current.running.loaded;
    return signUrl(distribution, this.url + path, privateKey, this.clock.now() + dayMs);
  }

  /**
   * Invalidates cached objects by path or by cache tag, as CloudFront's CreateInvalidation does.
   *
   * @param paths each starts with `/`, with `*` only as the last character; or is a tag, as in `#products`
   * @returns how many objects were dropped
   * @throws {LocalCloudFrontError} when CloudFront would refuse a path or a tag
   */
  async invalidate(paths: readonly string[]): Promise<number> {
    return this.#current.running.objectCache.createInvalidation(paths);
  }

  /**
   * Returns a key value store of the distribution's CloudFront Functions, to read and to write: the next
   * request sees what has been written. A reload keeps it until its file changes.
   *
   * @param name the store's name, or its id
   * @throws {LocalCloudFrontError} when no function of the distribution has such a store
   */
  kvs(name: string): KeyValueStore {
    return this.#services.keyValueStores.named(name);
  }

  /**
   * Resolves when nothing is under way, for a viewer or in the background: the refresh of an object that
   * was served stale (stale-while-revalidate) has ended then.
   */
  async idle(): Promise<void> {
    await this.#current.running.edgeLocation.idle();
  }

  /**
   * Reads the assembly again and serves it from the next request on. Functions that are the same
   * stay warm, and so does the cache where only functions on viewer events have changed. When that
   * fails, what was served before goes on.
   *
   * @returns what has changed, and what became of the cache
   * @throws {LocalCloudFrontError} as `start` does
   */
  async reload(): Promise<ReloadPlan> {
    const previous = this.#current.running;
    const loaded = loadAssembly(this.#options, this.clock);
    this.#services.keyValueStores.load(loaded.distribution);
    const plan = planReload(previous.loaded.distribution, loaded.distribution);
    const objectCache = plan.keepsCache
      ? previous.objectCache
      : this.#services.createCache(loaded.distribution);
    this.#current.running = runDistribution(loaded, objectCache, this.#services, this.#options);
    // What was blocked may be allowed now: if not, it is reported anew.
    this.#policyReports?.clear();
    this.#inspector?.reloaded();
    this.#pastEnded = Promise.all([this.#pastEnded, previous.edgeLocation.idle()]);
    this.#services.cloudFrontFunctions.retain(cloudFrontFunctionsOf(loaded.distribution));
    await this.#services.functionRunner.retain(loaded.distribution, this.#pastEnded);
    if (plan.changedFunctions.length > 0 || !plan.keepsCache) this.#pages.reload();
    return plan;
  }

  /** Ends connections, functions and timers. */
  async close(): Promise<void> {
    // What stands at a breakpoint would keep its thread from ending.
    this.#debugger?.close();
    this.#pages.close();
    await Promise.all([this.#viewerServer.close(), this.#inspector?.close()]);
    await Promise.all([this.#accessLog?.close(), this.#services.close()]);
  }
}

const oldestNode = 22;

function refuseOldNode(version: string): void {
  if (Number.parseInt(version, 10) >= oldestNode) return;
  throw new LocalCloudFrontError(
    `local-cloudfront needs Node.js ${oldestNode} or newer: got ${version}. Install it, or run the tests with: npx --package node@24 --call "npm test"`,
  );
}
