import { basename, join } from "node:path";
import { describeSyntaxError } from "../config/describe-syntax-error.ts";
import { edgeBuildOf } from "./edge-build-of.ts";
import { placeArtefact } from "./place-artefact.ts";
import type { SynthesizedSources } from "./synthesize-sources.ts";
import type { Synthesizer } from "./synthesizer.ts";

/** What is worked on, and where the result goes. */
export interface DevOptions {
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /** Absolute path of the cloud assembly. */
  readonly assemblyFolder: string;
  /** Is called when the assembly has changed; resolves when the change is served. */
  readonly onAssembly: () => Promise<void>;
  /**
   * Is called when the built site has changed.
   * @param files relative to its folder, in order
   */
  readonly onSite: (files: readonly string[]) => Promise<void>;
  /** Whether the output may have colours. */
  readonly coloured: boolean;
  /** Takes what goes wrong while sources change, and that it is fixed: a few lines each. */
  readonly report: (message: string) => void;
}

/**
 * How long a synth that merely follows waits: what was saved is served without it, and it would take the
 * processor from the first requests for that.
 */
const followsAfterMs = 300;

/**
 * What a change of sources makes necessary. Functions are built while a synth is under way; what it has
 * read of them before is put right before its assembly is served.
 */
export class DevWork {
  readonly #options: DevOptions;
  readonly #synthesizer: Synthesizer;
  readonly #onSynth: (sources: Partial<SynthesizedSources>) => Promise<void>;
  /** What has a mistake at present. */
  readonly #broken = new Set<string>();
  /** Folders of the packages that were built while the synth was under way. */
  readonly #builtMeanwhile = new Set<string>();
  #lastBuild: Promise<void> = Promise.resolve();
  #lastSynth: Promise<void> = Promise.resolve();
  #synthTimer: NodeJS.Timeout | undefined;
  #isSynthWaiting = false;

  /** @param onSynth takes what each synth was made of, also one that failed, as far as it came */
  constructor(
    options: DevOptions,
    synthesizer: Synthesizer,
    onSynth: (sources: Partial<SynthesizedSources>) => Promise<void>,
  ) {
    this.#options = options;
    this.#synthesizer = synthesizer;
    this.#onSynth = onSynth;
  }

  functionChanged(packageFolder: string): void {
    this.#lastBuild = this.#lastBuild
      .then(() => this.#buildFunction(packageFolder))
      .catch((error: unknown) => this.#reportError(error))
      .then(() => this.synthesizeSoon());
  }

  /**
   * What files there are may matter to the functions.
   *
   * @param files relative to the site's folder, in order
   */
  siteChanged(files: readonly string[]): void {
    void this.#options.onSite(files);
    this.synthesizeSoon();
  }

  configurationChanged(): void {
    this.#synthesizeAfter(0);
  }

  /** Synthesizes when what was saved is served. */
  synthesizeSoon(): void {
    this.#synthesizeAfter(followsAfterMs);
  }

  /** Begins nothing any more. */
  close(): void {
    clearTimeout(this.#synthTimer);
  }

  /** One that comes later does for all. */
  #synthesizeAfter(ms: number): void {
    clearTimeout(this.#synthTimer);
    this.#synthTimer = setTimeout(() => {
      if (this.#isSynthWaiting) return;
      this.#isSynthWaiting = true;
      this.#lastSynth = this.#lastSynth
        .then(() => this.#synthesize())
        .catch((error: unknown) => this.#reportError(error));
    }, ms);
  }

  async #buildFunction(packageFolder: string): Promise<void> {
    const { coloured, onAssembly } = this.#options;
    const name = basename(packageFolder);
    const { buildEdgeFunction, describeBuildError, EdgeBuildError } =
      await edgeBuildOf(packageFolder);
    this.#builtMeanwhile.add(packageFolder);
    try {
      await buildEdgeFunction(packageFolder);
    } catch (error) {
      if (!(error instanceof EdgeBuildError)) throw error;
      this.#failed(name, await describeBuildError(error, packageFolder, coloured));
      return;
    }
    this.#mended(name);
    if (this.#place(packageFolder)) await onAssembly();
  }

  #place(packageFolder: string): boolean {
    return placeArtefact(this.#options.assemblyFolder, join(packageFolder, "dist", "lambda"));
  }

  async #synthesize(): Promise<void> {
    const { configFile, coloured, onAssembly } = this.#options;
    const subject = basename(configFile);
    await this.#lastBuild;
    this.#isSynthWaiting = false;
    // Sources that cannot be built cannot be imported either, which has been reported already.
    if ([...this.#broken].some((name) => name !== subject)) return;
    this.#builtMeanwhile.clear();
    const reply = await this.#synthesizer.synthesize();
    await this.#onSynth(reply);
    // It may have read what was half written; the synth that follows the build will report it.
    if (reply.kind === "failed" && this.#builtMeanwhile.size > 0) return;
    if (reply.kind === "failed") {
      // What the CDK app's loader says of a syntax error names neither file nor line.
      this.#failed(subject, (await describeSyntaxError(configFile, coloured)) ?? reply.message);
      return;
    }
    this.#mended(subject);
    await this.#lastBuild;
    this.#synthesizer.adopt();
    for (const packageFolder of this.#builtMeanwhile) this.#place(packageFolder);
    await onAssembly();
  }

  #failed(subject: string, message: string): void {
    this.#broken.add(subject);
    this.#options.report(`${message}\nThe last good version of ${subject} is still served.`);
  }

  #mended(subject: string): void {
    if (this.#broken.delete(subject)) this.#options.report(`${subject} is fixed.`);
  }

  #reportError(error: unknown): void {
    this.#options.report(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
