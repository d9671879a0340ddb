import { dirname, join, sep } from "node:path";
import { watchFiles } from "local-cloudfront/command-line";
import { InfraError } from "../infra-error.ts";
import { DevWork } from "./dev-work.ts";
import { sourcePackageFolder } from "./package-folder.ts";
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
  const synthesizer = new Synthesizer(configFile, assemblyFolder);
  const first = await synthesizer.synthesize();
  if (first.kind === "failed") {
    synthesizer.close();
    throw new InfraError("INVALID_CONFIG", first.message);
  }
  synthesizer.adopt();
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
  // What was saved since the build, before it was watched; and the first save finds the bundler warm.
  for (const folder of packageFolders) work.functionChanged(folder);
  const siteBuild = startSiteBuild(first.siteFolder);
  return {
    close: async () => {
      siteBuild?.close();
      work.close();
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
