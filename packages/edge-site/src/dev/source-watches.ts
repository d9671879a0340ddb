import { join, relative, sep } from "node:path";
import { watchFiles } from "local-cloudfront/command-line";
import type { DevWork } from "./dev-work.ts";
import { sourcePackageFolder } from "./package-folder.ts";
import { startSiteBuild, type SiteBuild } from "./start-site-build.ts";
import type { SynthesizedSources } from "./synthesize-sources.ts";

/** A save may be several writes: it is over when it has been quiet for this long. */
const quietMs = 5;
const sources = { quietMs, isIgnored: isTest };

function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path) || path.split(sep).includes("test");
}

/**
 * Watches what an assembly is made of: the function packages, the configuration with all that it imports
 * from this workspace, and the built site.
 */
export class SourceWatches {
  readonly #configFile: string;
  readonly #work: DevWork;
  readonly #report: (message: string) => void;
  /** What ends the watch of each path. */
  readonly #watched = new Map<string, Promise<() => Promise<void>>>();
  #site: { readonly folder: string; readonly build: SiteBuild | undefined } | undefined;

  /** @param report takes news of the site's build, a sentence each */
  constructor(configFile: string, work: DevWork, report: (message: string) => void) {
    this.#configFile = configFile;
    this.#work = work;
    this.#report = report;
  }

  /** Watches what is not watched yet; what was saved there before is taken to be new. */
  async follow({ packages, siteFolder, modules }: Partial<SynthesizedSources>): Promise<void> {
    const functions = (packages ?? []).flatMap(
      (name) => sourcePackageFolder(name, this.#configFile) ?? [],
    );
    await Promise.all([
      ...functions.map((folder) => this.#followFunction(folder)),
      this.#followModules([this.#configFile, ...(modules ?? [])], functions),
      siteFolder === undefined ? undefined : this.#followSite(siteFolder),
    ]);
  }

  /** Ends all watches. */
  async close(): Promise<void> {
    this.#site?.build?.close();
    const ends = await Promise.all(new Set(this.#watched.values()));
    await Promise.all(ends.map((end) => end()));
  }

  async #followFunction(folder: string): Promise<void> {
    if (this.#watched.has(folder)) return;
    const onChange = (): void => this.#work.functionChanged(folder);
    const paths = [join(folder, "src"), join(folder, "package.json")];
    await this.#watch([folder], watchFiles(paths, sources, onChange));
    onChange();
  }

  async #followModules(modules: readonly string[], functions: readonly string[]): Promise<void> {
    const added = modules.filter(
      (file) => ![...this.#watched.keys(), ...functions].some((path) => isWithin(path, file)),
    );
    if (added.length === 0) return;
    const onChange = (): void => this.#work.configurationChanged();
    await this.#watch(added, watchFiles(added, sources, onChange));
    this.#work.synthesizeSoon();
  }

  async #followSite(folder: string): Promise<void> {
    if (this.#site?.folder === folder) return;
    this.#site?.build?.close();
    this.#site = { folder, build: undefined };
    const onChange = (files: readonly string[]): void =>
      this.#work.siteChanged(files.map((file) => relative(folder, file)).toSorted());
    await this.#watch([folder], watchFiles([folder], { quietMs }, onChange));
    this.#site = { folder, build: startSiteBuild(folder, this.#report) };
  }

  async #watch(paths: readonly string[], watch: Promise<() => Promise<void>>): Promise<void> {
    for (const path of paths) this.#watched.set(path, watch);
    await watch;
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
