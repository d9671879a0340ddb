import { setTimeout as delay } from "node:timers/promises";
import type { FunctionCode, LambdaFunction } from "../../distribution/edge-functions.ts";
import { EnvironmentWatch } from "./environment-watch.ts";
import type { FunctionEnvironment } from "../thread/function-environment.ts";
import { FunctionCodeStore } from "../code/function-code-store.ts";
import { FunctionPool } from "./function-pool.ts";
import { invocationOutcome, throttledInvocation } from "./invocation-outcome.ts";
import type { FailedInvocation, FinishedInvocation } from "./invocation-outcome.ts";
import { SpareThreads } from "../thread/spare-threads.ts";
import {
  isForNode,
  refuseForeignRuntime,
  startEnvironment,
  threadOptions,
} from "../thread/start-environment.ts";
import { provideRuntimeModules } from "../code/runtime-modules.ts";
import type { EnvironmentOptions } from "../thread/start-environment.ts";
import type { FunctionThreadOptions } from "../thread/start-thread.ts";

/** Code is removed even from under a thread that does not end. */
const REMOVE_CODE_AFTER_MS = 1500;

interface KnownFunction {
  readonly key: string;
  readonly pool: FunctionPool;
  /** As the latest distribution has it: what is the same may lie elsewhere. */
  lambda: LambdaFunction;
  /** Where the function's code runs from, once it is staged. */
  taskRoot: string | undefined;
}

/** Invokes functions by JSON text, in pools of execution environments. */
export class FunctionInvoker {
  readonly #options: EnvironmentOptions;
  readonly #watch = new EnvironmentWatch();
  readonly #codeStore = new FunctionCodeStore();
  readonly #byKey = new Map<string, KnownFunction>();
  /** Functions that have been replaced, as long as a request that began before may invoke them. */
  readonly #retired = new Set<KnownFunction>();
  readonly #byFunction = new WeakMap<LambdaFunction, KnownFunction>();
  readonly #spareThreads = new SpareThreads();
  /** Whether functions are being replaced, as they are while somebody works on them. */
  #isReplacing = false;
  readonly #idleTimer: NodeJS.Timeout;
  #isClosed = false;
  #underWay = 0;
  #environments = 0;
  #isThreadWanted = false;
  #hasSaidCredentials = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    const { idleMs } = options.limits;
    this.#idleTimer = setInterval(() => this.#endIdle(performance.now() - idleMs), idleMs);
    this.#idleTimer.unref();
  }

  /** Starts a thread for each function, which runs none of its code before the first invocation. */
  prepare(lambdas: readonly LambdaFunction[]): void {
    if (this.#options.isolation === "process") return;
    for (const lambda of lambdas.filter(isForNode)) {
      this.#spareThreads.prepare(this.#threadOptions(lambda));
    }
  }

  /** Runs a function once; never rejects. */
  invoke(lambda: LambdaFunction, event: string): Promise<FinishedInvocation | FailedInvocation> {
    const { concurrency } = this.#options.limits;
    if (this.#underWay >= concurrency) {
      return Promise.resolve(throttledInvocation(lambda, event, concurrency));
    }
    this.#underWay += 1;
    const known = this.#knownFunction(lambda);
    return new Promise((resolve) => {
      known.pool.run(event, (pooled) => {
        this.#underWay -= 1;
        resolve(invocationOutcome(lambda, event, pooled, known.taskRoot));
      });
    });
  }

  /**
   * Retires all other functions: only requests that are under way still use them. What
   * takes the place of a function that has run is started at once, and so is a thread for what may
   * take its place next.
   *
   * @param unused resolves when nothing invokes the others any more
   * @returns when its code has been copied: what it was copied from may then go
   */
  async retain(lambdas: readonly LambdaFunction[], unused: Promise<unknown>): Promise<void> {
    const keys = new Set(lambdas.map(keyOf));
    const others = [...this.#byKey.values()].filter(({ key }) => !keys.has(key));
    for (const other of others) {
      this.#byKey.delete(other.key);
      this.#retired.add(other);
      other.pool.retire();
    }
    void unused.then(() => Promise.all(others.map((other) => this.#remove(other))));
    const replaced = new Set(others.map(({ lambda }) => lambda.name));
    this.#isReplacing = true;
    void this.#spareThreads.retain(lambdas.map((each) => this.#threadOptions(each)));
    for (const { lambda, taskRoot } of this.#byKey.values()) {
      if (taskRoot !== undefined) this.#prepareThread(lambda);
    }
    const replacing = lambdas.filter(({ name }) => replaced.has(name));
    for (const lambda of replacing) this.#knownFunction(lambda).pool.warm();
    // What cannot be copied fails the requests that need it.
    await Promise.allSettled(replacing.map((each) => this.#taskRootOf(each)));
  }

  /** Ends every environment and removes the staged code. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#idleTimer);
    this.#watch.close();
    const pools = [...this.#retired, ...this.#byKey.values()].map(({ pool }) => pool);
    const ended = Promise.all([this.#spareThreads.close(), ...pools.map((pool) => pool.close())]);
    await Promise.race([ended, delay(REMOVE_CODE_AFTER_MS, undefined, { ref: false })]);
    await this.#codeStore.close();
    await ended;
  }

  #knownFunction(lambda: LambdaFunction): KnownFunction {
    const known = this.#byFunction.get(lambda);
    if (known !== undefined) {
      return known;
    }
    const key = keyOf(lambda);
    const found = this.#byKey.get(key) ?? this.#addFunction(key, lambda);
    found.lambda = lambda;
    this.#byFunction.set(lambda, found);
    return found;
  }

  #addFunction(key: string, lambda: LambdaFunction): KnownFunction {
    const known: KnownFunction = {
      key,
      lambda,
      taskRoot: undefined,
      pool: new FunctionPool({
        limits: this.#options.limits,
        watch: this.#watch,
        budget: {
          take: () => this.#takeThread(),
          giveBack: () => this.#giveBackThread(),
          isWanted: () => this.#isThreadWanted,
        },
        start: () => this.#startEnvironment(known),
      }),
    };
    this.#byKey.set(key, known);
    if (this.#isClosed) {
      void known.pool.close();
    }
    return known;
  }

  /** Ends what is left of a retired function, and removes its code unless that has come back. */
  async #remove(known: KnownFunction): Promise<void> {
    await known.pool.close();
    this.#retired.delete(known);
    const others = [...this.#retired, ...this.#byKey.values()];
    if (others.some(({ key }) => key === known.key)) return;
    // What cannot be removed now goes with everything at the end.
    await this.#codeStore.remove(known.key).catch(() => undefined);
  }

  async #startEnvironment(known: KnownFunction): Promise<FunctionEnvironment> {
    const { lambda } = known;
    refuseForeignRuntime(lambda);
    // Its code is staged while it starts.
    const thread =
      this.#options.isolation === "process" || !isForNode(lambda)
        ? undefined
        : this.#spareThreads.take(this.#threadOptions(lambda));
    let taskRoot: string;
    try {
      taskRoot = await this.#taskRootOf(lambda);
    } catch (error) {
      await thread?.worker.terminate();
      throw error;
    }
    const notices = known.taskRoot === taskRoot ? [] : this.#provideModules(lambda, taskRoot);
    known.taskRoot = taskRoot;
    const environment = startEnvironment(lambda, taskRoot, notices, thread, this.#options);
    // Not before, for that would take the processor from this one.
    void environment.initialized.then(() => this.#prepareThread(lambda));
    return environment;
  }

  #taskRootOf(lambda: LambdaFunction): Promise<string> {
    return this.#codeStore.taskRootOf(keyOf(lambda), lambda.code);
  }

  /** Returns what is to be said of what Lambda has and this machine may not have. */
  #provideModules(lambda: LambdaFunction, taskRoot: string): readonly string[] {
    const { taken, signs } = provideRuntimeModules(taskRoot, lambda);
    const notices = [...taken].map(
      ([name, folder]) =>
        `The package lacks ${name}, which Lambda's runtime has. It is taken from ${folder}.`,
    );
    if (!signs || this.#hasSaidCredentials || this.#options.credentials !== undefined)
      return notices;
    this.#hasSaidCredentials = true;
    return [
      ...notices,
      "Functions sign requests with test credentials, which AWS refuses. Pass --credentials to hand over your own.",
    ];
  }

  #prepareThread(lambda: LambdaFunction): void {
    if (this.#isReplacing && this.#options.isolation === "thread" && isForNode(lambda))
      this.#spareThreads.prepare(this.#threadOptions(lambda));
  }

  #threadOptions(lambda: LambdaFunction): FunctionThreadOptions {
    return threadOptions(lambda, this.#options.region);
  }

  #takeThread(): boolean {
    const { environments } = this.#options.limits;
    if (this.#environments >= environments) {
      // A thread comes back when an idle environment has ended, or else the next that gets idle.
      this.#isThreadWanted = ![...this.#byKey.values()].some(({ pool }) => pool.endOneIdle());
      return false;
    }
    this.#environments += 1;
    return true;
  }

  #giveBackThread(): void {
    this.#environments -= 1;
    this.#isThreadWanted = false;
    for (const { pool } of this.#byKey.values()) {
      pool.wake();
    }
  }

  #endIdle(beforeMs: number): void {
    for (const { pool } of this.#byKey.values()) {
      pool.endIdle(beforeMs);
    }
  }
}

/** Functions of the same key run in the same environments, whichever distribution names them. */
function keyOf(lambda: LambdaFunction): string {
  const { arn, runtime, handler, memoryMb, timeoutSeconds, environmentVariables, code } = lambda;
  const settings = [arn, runtime, handler, memoryMb, timeoutSeconds, environmentVariables];
  return JSON.stringify([...settings, contentOf(code)]);
}

/** Where code lies does not matter when it is known what it is, unless its source maps lie there too. */
function contentOf(code: FunctionCode): unknown {
  if (code.kind === "inline" || code.sourceMapFolders === undefined) return code;
  const { kind, sourceMapFolders, contentSha256, path } = code;
  return { kind, sourceMapFolders, content: contentSha256 ?? path };
}
