import { EdgeSiteError } from "../edge-site-error.ts";
import { type DevOptions, DevWork } from "./dev-work.ts";
import { SourceWatches } from "./source-watches.ts";
import { Synthesizer } from "./synthesizer.ts";

/** Keeps an assembly up to date until it is closed. */
export interface DevSession {
  close(): Promise<void>;
}

/**
 * Synthesizes an assembly and keeps it up to date with the sources: of the function packages, of
 * edge.config.ts and of this package. A function whose bundle has changed is replaced at once; what else
 * the change means for the assembly follows with a synth. Sources with a mistake change nothing: it
 * is reported, and what was good before stays.
 *
 * @throws {EdgeSiteError} when the sources have a mistake from the start
 */
export async function startDev(options: DevOptions): Promise<DevSession> {
  const { configFile, assemblyFolder } = options;
  const synthesizer = new Synthesizer(configFile, assemblyFolder);
  const first = await synthesizer.synthesize();
  if (first.kind === "failed") {
    synthesizer.close();
    throw new EdgeSiteError("INVALID_CONFIG", first.message);
  }
  synthesizer.adopt();
  const work = new DevWork(options, synthesizer, (sources) => watches.follow(sources));
  const watches = new SourceWatches(configFile, work, options.report);
  await watches.follow(first);
  return {
    close: async () => {
      work.close();
      synthesizer.close();
      await watches.close();
    },
  };
}
