import { basename, dirname, join, relative, sep } from "node:path";
import {
  buildEdgeFunction,
  describeBuildError,
  describeSyntaxError,
  EdgeBuildError,
} from "edge-build";
import { watchFiles } from "local-cloudfront/command-line";
import { InfraError } from "../infra-error.ts";
import { sourcePackageFolder } from "./package-folder.ts";
import { placeArtefact } from "./place-artefact.ts";
import { startSiteBuild } from "./start-site-build.ts";
import { Synthesizer } from "./synthesizer.ts";

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
  /** Whether what is told may have colours. */
  readonly coloured: boolean;
  /** Takes what goes wrong while sources change, and that it is mended: a few lines each. */
  readonly tell: (message: string) => void;
}

/** Keeps an assembly up to date until it is closed. */
export interface DevSession {
  close(): Promise<void>;
}

/**
 * Synthesizes an assembly and keeps it up to date with the sources: of the function packages, of
 * edge.config.ts and of this app. A function whose bundle has changed is replaced at once; what else
 * the change means for the assembly follows with a synth. Sources with a mistake change nothing: it
 * is told, and what was good before stays.
 *
 * @throws {InfraError} when the sources have a mistake from the start
 */
export async function startDev(options: DevOptions): Promise<DevSession> {
  const { configFile, assemblyFolder } = options;
  const appFolder = dirname(configFile);
  const synthesizer = new Synthesizer({ configFile, assemblyFolder });
  const first = await synthesizer.synthesize();
  if (first.kind === "failed") {
    synthesizer.close();
    throw new InfraError("INVALID_CONFIG", first.message);
  }
  const work = new DevWork(options, synthesizer);
  const packageFolders = first.packages.flatMap(
    (name) => sourcePackageFolder(name, configFile) ?? [],
  );
  const watches = await Promise.all([
    ...packageFolders.map((folder) =>
      watchFiles([join(folder, "src"), join(folder, "package.json")], sources, () =>
        work.functionChanged(folder),
      ),
    ),
    watchFiles([configFile, join(appFolder, "lib")], sources, () => work.configurationChanged()),
    watchFiles([first.siteFolder], { quietMs }, (files) =>
      work.siteChanged(first.siteFolder, files),
    ),
  ]);
  const siteBuild = startSiteBuild(first.siteFolder);
  return {
    close: async () => {
      siteBuild?.close();
      synthesizer.close();
      await Promise.all(watches.map((endWatch) => endWatch()));
    },
  };
}

/** A save may be several writes: it is over when it has been quiet for this long. */
const quietMs = 5;
const sources = { quietMs, isIgnored: isTest };

function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path) || path.split(sep).includes("test");
}

/** What a change of sources makes necessary. */
class DevWork {
  readonly #options: DevOptions;
  readonly #synthesizer: Synthesizer;
  /** What has a mistake at present. */
  readonly #broken = new Set<string>();
  /** One thing at a time: a synth must not read an artefact that is being built. */
  #last: Promise<void> = Promise.resolve();
  #synthsWaiting = 0;

  constructor(options: DevOptions, synthesizer: Synthesizer) {
    this.#options = options;
    this.#synthesizer = synthesizer;
  }

  functionChanged(packageFolder: string): void {
    this.#then(() => this.#buildFunction(packageFolder));
    this.configurationChanged();
  }

  /** What files there are may matter to the functions. */
  siteChanged(siteFolder: string, files: readonly string[]): void {
    void this.#options.onSite(files.map((file) => relative(siteFolder, file)).toSorted());
    this.configurationChanged();
  }

  configurationChanged(): void {
    this.#synthsWaiting += 1;
    this.#then(async () => {
      this.#synthsWaiting -= 1;
      // One that comes later does for all.
      if (this.#synthsWaiting === 0) await this.#synthesize();
    });
  }

  #then(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#options.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }

  async #buildFunction(packageFolder: string): Promise<void> {
    const { assemblyFolder, coloured, onAssembly } = this.#options;
    const name = basename(packageFolder);
    try {
      await buildEdgeFunction(packageFolder);
    } catch (error) {
      if (!(error instanceof EdgeBuildError)) throw error;
      this.#failed(name, await describeBuildError(error, coloured));
      return;
    }
    this.#mended(name);
    if (placeArtefact(assemblyFolder, join(packageFolder, "dist", "lambda"))) await onAssembly();
  }

  async #synthesize(): Promise<void> {
    const { configFile, coloured, onAssembly } = this.#options;
    const subject = basename(configFile);
    // Sources that cannot be built cannot be imported either, which has been told already.
    if ([...this.#broken].some((name) => name !== subject)) return;
    const reply = await this.#synthesizer.synthesize();
    if (reply.kind === "failed") {
      // What the CDK app's loader says of a syntax error names neither file nor line.
      this.#failed(subject, (await describeSyntaxError(configFile, coloured)) ?? reply.message);
      return;
    }
    this.#mended(subject);
    await onAssembly();
  }

  #failed(subject: string, message: string): void {
    this.#broken.add(subject);
    this.#options.tell(`${message}\nThe last good version of ${subject} is still served.`);
  }

  #mended(subject: string): void {
    if (this.#broken.delete(subject)) this.#options.tell(`${subject} is mended.`);
  }
}
