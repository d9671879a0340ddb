import { basename, dirname, join, relative, sep } from "node:path";
import {
  buildEdgeFunction,
  describeBuildError,
  describeSyntaxError,
  EdgeBuildError,
} from "edge-build";
import { InfraError } from "../infra-error.ts";
import { sourcePackageFolder } from "./package-folder.ts";
import { placeArtefact } from "./place-artefact.ts";
import { startSiteBuild } from "./start-site-build.ts";
import { Synthesizer } from "./synthesizer.ts";
import { whenQuiet } from "./when-quiet.ts";

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
      whenQuiet([join(folder, "src"), join(folder, "package.json")], isTest, () =>
        work.functionChanged(folder),
      ),
    ),
    whenQuiet([configFile, join(appFolder, "lib")], isTest, () => work.configurationChanged()),
    whenQuiet(
      [first.siteFolder],
      () => false,
      (files) => work.siteChanged(first.siteFolder, files),
    ),
  ]);
  const siteBuild = startSiteBuild(first.siteFolder);
  return {
    close: async () => {
      siteBuild?.close();
      synthesizer.close();
      await Promise.all(watches.map((watch) => watch.close()));
    },
  };
}

function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path) || path.split(sep).includes("test");
}

/** What a change of sources makes necessary. */
class DevWork {
  readonly #options: DevOptions;
  readonly #synthesizer: Synthesizer;
  /** What has a mistake at present. */
  readonly #broken = new Set<string>();
  /** Counts changes: a synth that another change overtakes may read files that are half written. */
  #changes = 0;

  constructor(options: DevOptions, synthesizer: Synthesizer) {
    this.#options = options;
    this.#synthesizer = synthesizer;
  }

  async functionChanged(packageFolder: string): Promise<void> {
    const { assemblyFolder, coloured, onAssembly } = this.#options;
    const name = basename(packageFolder);
    this.#changes += 1;
    try {
      await buildEdgeFunction(packageFolder);
    } catch (error) {
      if (!(error instanceof EdgeBuildError)) throw error;
      this.#failed(name, await describeBuildError(error, coloured));
      return;
    }
    this.#mended(name);
    if (placeArtefact(assemblyFolder, join(packageFolder, "dist", "lambda"))) await onAssembly();
    await this.configurationChanged();
  }

  /** What files there are may matter to the functions. */
  async siteChanged(siteFolder: string, files: readonly string[]): Promise<void> {
    await this.#options.onSite(files.map((file) => relative(siteFolder, file)).toSorted());
    await this.configurationChanged();
  }

  async configurationChanged(): Promise<void> {
    const { configFile, coloured } = this.#options;
    const subject = basename(configFile);
    const change = (this.#changes += 1);
    const reply = await this.#synthesizer.synthesize();
    if (reply.kind === "failed") {
      if (change !== this.#changes) return;
      // What the CDK app's loader says of a syntax error names neither file nor line.
      this.#failed(subject, (await describeSyntaxError(configFile, coloured)) ?? reply.message);
      return;
    }
    this.#mended(subject);
    await this.#options.onAssembly();
  }

  #failed(subject: string, message: string): void {
    this.#broken.add(subject);
    this.#options.tell(`${message}\nThe last good version of ${subject} is still served.`);
  }

  #mended(subject: string): void {
    if (this.#broken.delete(subject)) this.#options.tell(`${subject} is mended.`);
  }
}
