import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf, type StageOptions } from "../config/stage-of.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type AwsClients, awsClients } from "./aws-clients.ts";
import { type Caller, identifyCallerFor } from "./identify-caller.ts";

/** A stage, and the clients that ask its account. */
export interface OpenStage {
  readonly config: ResolvedEdgeConfig;
  readonly stage: ResolvedStageConfig;
  readonly clients: AwsClients;
  readonly caller: Caller;
}

/**
 * Finds a stage, and refuses credentials of another account.
 *
 * @throws {EdgeSiteError} as `loadEdgeConfig`, `stageOf` and `identifyCallerFor`
 */
export async function openStage({ configFile, stage: name }: StageOptions): Promise<OpenStage> {
  const config = await loadEdgeConfig(configFile);
  const stage = stageOf(config, name);
  const clients = awsClients();
  return { config, stage, clients, caller: await identifyCallerFor(stage, clients) };
}

/** Returns the error for a command that needs the stack of a stage, where there is none. */
export function notDeployed({ name, stackName }: ResolvedStageConfig): EdgeSiteError {
  return new EdgeSiteError(
    "NOT_DEPLOYED",
    `Stage ${JSON.stringify(name)} is not deployed: there is no stack ${stackName}. Run: npx edge-site deploy --stage ${name}`,
  );
}
