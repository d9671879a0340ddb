import { likeliest } from "option-checks";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { ResolvedEdgeConfig } from "./edge-config.ts";
import type { ResolvedStageConfig } from "./stage-config.ts";

/** Which stage a command is about. */
export interface StageOptions {
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /** @default - the first stage */
  readonly stage?: string | undefined;
}

/**
 * Returns the stage of that name.
 *
 * @param name
 * @default - the first stage
 * @throws {EdgeSiteError} `UNKNOWN_STAGE`
 */
export function stageOf({ stages }: ResolvedEdgeConfig, name?: string): ResolvedStageConfig {
  const [first] = stages;
  const stage = name === undefined ? first : stages.find((each) => each.name === name);
  if (stage !== undefined) return stage;
  const names = stages.map((each) => each.name);
  const meant = likeliest(name ?? "", names);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  throw new EdgeSiteError(
    "UNKNOWN_STAGE",
    `The stage is not in edge.config.ts: got ${JSON.stringify(name)}.${hint} Allowed: ${names.join(", ")}.`,
  );
}
