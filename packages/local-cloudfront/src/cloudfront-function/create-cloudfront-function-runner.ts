import { membersOf } from "../distribution/function-name.ts";
import type {
  CloudFrontFunctionAssociation,
  CloudFrontFunctionResource,
} from "../distribution/cloudfront-functions.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { CloudFrontFunction } from "./cloudfront-function.ts";
import type { CloudFrontFunctionEngine } from "./create-engine.ts";
import { PlainChangesReader } from "./event/plain-changes.ts";
import { throttledFailure } from "./function-failure.ts";
import type {
  CloudFrontFunctionFailed,
  CloudFrontViewerRequestOutcome,
  CloudFrontViewerResponseOutcome,
} from "./function-run.ts";
import type { KeyValueStore } from "./key-value-store.ts";
import {
  runViewerRequest,
  runViewerResponse,
  type CloudFrontInvocationContext,
  type ReadyFunction,
} from "./run-function.ts";

/**
 * Runs CloudFront Functions: event in, checked result out. Never throws for what a function does: one
 * that does not parse, throws, loops or returns rubbish gives a `failure`.
 */
export interface CloudFrontFunctionRunner {
  runViewerRequest(
    association: CloudFrontFunctionAssociation,
    context: CloudFrontInvocationContext,
    request: HttpRequest,
  ): Promise<CloudFrontViewerRequestOutcome>;
  /** `response.body` never reaches the function; it is kept unless the result replaces it. */
  runViewerResponse(
    association: CloudFrontFunctionAssociation,
    context: CloudFrontInvocationContext,
    request: HttpRequest,
    response: HttpResponse,
  ): Promise<CloudFrontViewerResponseOutcome>;
  /** Loads the engine while there is no request yet that would wait for it; nothing where it runs nothing. */
  prepare(resources: readonly CloudFrontFunctionResource[]): void;
  /** Gives back the memory of all functions but these. */
  retain(resources: readonly CloudFrontFunctionResource[]): void;
  /** Gives back the memory of all functions. */
  close(): void;
}

/** What the runner works with. */
export interface CloudFrontFunctionRunnerOptions {
  /** Loads the engine; the second call gives the same. */
  readonly loadEngine: () => Promise<CloudFrontFunctionEngine>;
  /** Returns the store of an ARN; it may become another one with time. */
  readonly storeOf: (arn: string) => KeyValueStore;
}

/** Returns a runner in this thread: functions are isolated from it, and bounded in time and memory. */
export function createCloudFrontFunctionRunner(
  options: CloudFrontFunctionRunnerOptions,
): CloudFrontFunctionRunner {
  const functions = new Functions(options);
  const timeouts = new Timeouts();
  const plainChanges = new PlainChangesReader();
  const turns = new Turns();
  const invoke = <Outcome extends { readonly kind: string }>(
    association: CloudFrontFunctionAssociation,
    run: (ready: ReadyFunction) => Outcome | CloudFrontFunctionFailed,
  ): Promise<Outcome | CloudFrontFunctionFailed> => {
    const start = (cloudFrontFunction: CloudFrontFunction) =>
      turns.run(() =>
        timeouts.count(association, run({ association, cloudFrontFunction, plainChanges })),
      );
    const known = functions.known(association.edgeFunction);
    return known === undefined ? functions.of(association.edgeFunction).then(start) : start(known);
  };
  return {
    runViewerRequest: (association, ...event) =>
      invoke(association, (ready) => runViewerRequest(ready, ...event)),
    runViewerResponse: (association, ...event) =>
      invoke(association, (ready) => runViewerResponse(ready, ...event)),
    prepare: (resources) => {
      for (const resource of resources) void functions.of(resource);
    },
    retain: (resources) => functions.retain(resources),
    close: () => functions.retain([]),
  };
}

/**
 * Runs what was asked for in one turn of the event loop together, after it: an engine that has just run another
 * invocation is still in the processor's caches, and takes half of the time.
 */
class Turns {
  #waiting: (() => void)[] = [];

  run<Outcome>(invoke: () => Outcome): Promise<Outcome> {
    if (this.#waiting.length === 0) setImmediate(() => this.#runAll());
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(invoke());
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  }

  #runAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
  }
}

/** The functions that have been invoked; what is the same code with the same stores is one. */
class Functions {
  readonly #options: CloudFrontFunctionRunnerOptions;
  readonly #byIdentity = new Map<string, CloudFrontFunction>();
  readonly #byResource = new WeakMap<CloudFrontFunctionResource, CloudFrontFunction>();

  constructor(options: CloudFrontFunctionRunnerOptions) {
    this.#options = options;
  }

  /** Returns the function where it has been invoked with the stores that it has now. */
  known(resource: CloudFrontFunctionResource): CloudFrontFunction | undefined {
    const used = this.#byResource.get(resource);
    return used !== undefined && this.#hasItsStores(used, resource) ? used : undefined;
  }

  async of(resource: CloudFrontFunctionResource): Promise<CloudFrontFunction> {
    const engine = await this.#options.loadEngine();
    const { name, code, runtime } = resource;
    const identity = identityOf(resource);
    const before = this.#byIdentity.get(identity);
    const isSame = before !== undefined && this.#hasItsStores(before, resource);
    if (!isSame) before?.close();
    const keyValueStores = resource.keyValueStores.map(({ arn }) => this.#options.storeOf(arn));
    const isComposed = membersOf(resource).length > 0;
    const configuration = { name, code, runtime, keyValueStores, isComposed };
    const current = isSame ? before : engine.createFunction(configuration);
    this.#byIdentity.set(identity, current);
    this.#byResource.set(resource, current);
    return current;
  }

  #hasItsStores(
    { configuration }: CloudFrontFunction,
    { keyValueStores }: CloudFrontFunctionResource,
  ): boolean {
    return configuration.keyValueStores.every(
      (store, index) => store === this.#options.storeOf(keyValueStores[index]?.arn ?? ""),
    );
  }

  retain(resources: readonly CloudFrontFunctionResource[]): void {
    const retained = new Set(resources.map(identityOf));
    for (const [identity, made] of this.#byIdentity) {
      if (retained.has(identity)) continue;
      made.close();
      this.#byIdentity.delete(identity);
    }
  }
}

function identityOf({ arn, runtime, code }: CloudFrontFunctionResource): string {
  return [arn, runtime, code].join("\n");
}

/**
 * FIDELITY FN-I-51: CloudFront throttles a function, by its name, that takes too much time again and
 * again; how often is not known. Here the second time in a row shows it.
 */
class Timeouts {
  readonly #inRow = new Map<string, number>();

  count<Outcome extends { readonly kind: string }>(
    { edgeFunction: { name } }: CloudFrontFunctionAssociation,
    outcome: Outcome | CloudFrontFunctionFailed,
  ): Outcome | CloudFrontFunctionFailed {
    if (outcome.kind !== "failure" || !(outcome as CloudFrontFunctionFailed).isTimeout) {
      this.#inRow.delete(name);
      return outcome;
    }
    const failed = outcome as CloudFrontFunctionFailed;
    const inRow = (this.#inRow.get(name) ?? 0) + 1;
    this.#inRow.set(name, inRow);
    return inRow === 1 ? failed : { ...failed, failure: throttledFailure(failed.failure) };
  }
}
