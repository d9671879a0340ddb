import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { edgeConfig } from "./notes/edge.config.ts";
import { configFile } from "./notes/config-file.ts";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { stageOf } from "../src/config/stage-of.ts";
import type { ResolvedStageConfig } from "../src/config/stage-config.ts";
import { type SynthesizeOptions, synthesize } from "../src/synth/synthesize.ts";

/** A cloud assembly in a folder of its own, which goes when the assembly is disposed of. */
export interface Synthesized extends Disposable {
  readonly assemblyFolder: string;
  readonly template: Template;
  readonly environment: string;
  /** What the CDK CLI would print, but for the costs. */
  readonly messages: readonly string[];
  /** The lines of the costs. */
  readonly costs: readonly string[];
}

/**
 * Synthesizes the first stage of the app's own configuration, with changes, from the packages as they
 * are built.
 */
export function synthesized(
  changes: Partial<Omit<ResolvedEdgeConfig, "stages">> = {},
  stageChanges: Partial<ResolvedStageConfig> = {},
  options: Pick<SynthesizeOptions, "evaluatesCdkRules" | "validationPlugins" | "today"> = {},
): Synthesized {
  const assemblyFolder = mkdtempSync(join(tmpdir(), "synthesized-"));
  const stage = { ...stageOf(edgeConfig), ...stageChanges };
  const config = { ...edgeConfig, ...changes, stages: [stage] };
  const assembly = synthesize(config, { configFile, assemblyFolder, ...options });
  const stack = assembly.getStackByName(stage.stackName);
  const messages = stack.messages.map(({ entry }) => String(entry.data));
  const costs = messages.find((each) => each.startsWith("A million requests")) ?? "";
  return {
    assemblyFolder,
    template: Template.fromJSON(stack.template),
    environment: stack.environment.name,
    messages: messages.filter((each) => each !== costs),
    costs: costs.split("\n"),
    [Symbol.dispose]: () => rmSync(assemblyFolder, { recursive: true }),
  };
}
