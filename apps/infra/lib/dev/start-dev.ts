import { InfraError } from "../infra-error.ts";
import { DevWork } from "./dev-work.ts";
import { SourceWatches } from "./source-watches.ts";
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
  const synthesizer = new Synthesizer(configFile, assemblyFolder);
  const first = await synthesizer.synthesize();
  if (first.kind === "failed") {
    synthesizer.close();
    throw new InfraError("INVALID_CONFIG", first.message);
  }
  synthesizer.adopt();
  const work = new DevWork(options, synthesizer, (sources) => watches.follow(sources));
  const watches = new SourceWatches(configFile, work);
  await watches.follow(first);
  return {
    close: async () => {
      work.close();
      synthesizer.close();
      await watches.close();
    },
  };
}
