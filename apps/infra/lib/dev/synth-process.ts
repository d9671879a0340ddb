import { pathToFileURL } from "node:url";
import { followSources } from "./source-hooks.ts";
import type * as Sources from "./synthesize-sources.ts";

/** What the process is asked: to synthesize anew. */
export interface SynthRequest {
  readonly configFile: string;
  readonly assemblyFolder: string;
}

/** What the process answers. */
export type SynthReply =
  | {
      readonly kind: "synthesized";
      readonly packages: readonly string[];
      readonly siteFolder: string;
    }
  | { readonly kind: "failed"; readonly message: string };

const startGeneration = followSources();

process.on("message", (request: SynthRequest) => {
  void synthesizeAnew(request).then((reply) => process.send?.(reply));
});

async function synthesizeAnew(request: SynthRequest): Promise<SynthReply> {
  startGeneration();
  try {
    return { kind: "synthesized", ...(await synthesizeSources(request)) };
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

async function synthesizeSources({ configFile, assemblyFolder }: SynthRequest) {
  const file = new URL("synthesize-sources.ts", pathToFileURL(import.meta.filename));
  const sources: typeof Sources = await import(file.href);
  return sources.synthesizeSources(configFile, assemblyFolder);
}
