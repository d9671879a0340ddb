import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { followSources } from "./source-hooks.ts";
import type * as Sources from "./synthesize-sources.ts";
import type { SynthesizedSources } from "./synthesize-sources.ts";

/** What the process is asked: to synthesize anew. */
export interface SynthRequest {
  readonly configFile: string;
  readonly assemblyFolder: string;
}

/** What the process responds with. */
export type SynthReply =
  | ({ readonly kind: "synthesized" } & SynthesizedSources)
  /** With the modules that were loaded until then. */
  | ({ readonly kind: "failed"; readonly message: string } & Pick<SynthesizedSources, "modules">);

const sources = followSources();

process.on("message", (request: SynthRequest) => {
  void synthesizeAnew(request).then((reply) => process.send?.(reply));
});

async function synthesizeAnew(request: SynthRequest): Promise<SynthReply> {
  sources.beginGeneration();
  try {
    const synthesized = await synthesize(request);
    return { kind: "synthesized", ...synthesized, modules: sources.modules() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", message, modules: sources.modules() };
  }
}

async function synthesize({ configFile, assemblyFolder }: SynthRequest) {
  const { href } = pathToFileURL(import.meta.filename);
  const file = new URL(`./synthesize-sources${extname(href)}`, href);
  const { synthesizeSources }: typeof Sources = await import(file.href);
  return synthesizeSources(configFile, assemblyFolder);
}
