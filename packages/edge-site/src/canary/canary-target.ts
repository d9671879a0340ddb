import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { CanaryTraffic, ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf, type StageOptions } from "../config/stage-of.ts";
import { assembledRelease } from "../releases/assembled-release.ts";
import type { DeployTarget } from "../deploy/deploy-target.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { PublishPlan } from "../publish/publish-plan.ts";
import { assemblyFolderOf, stageAssemblyFolder } from "../synth/assembly-folders.ts";
import { synthesize } from "../synth/synthesize.ts";
import { synthesizeSite } from "../synth/synthesize-site.ts";
import { canaryStackName } from "./deployed-canary.ts";

/** A stage, and what part of its viewers get. */
export interface CanaryTarget {
  readonly primary: DeployTarget;
  readonly canary: DeployTarget;
  /** Of both. */
  readonly plan: PublishPlan;
}

/**
 * Synthesizes a stage, and once more as a canary: a stack of its own, since functions, policies, key value stores and
 * files are changed in place and have one version that both distributions would run.
 *
 * @throws {EdgeSiteError} `NO_CANARY` for a stage that can have none, or as `synthesize`
 */
export async function canaryTarget(
  { configFile, stage: name }: StageOptions,
  traffic: CanaryTraffic,
): Promise<CanaryTarget> {
  const config = await loadEdgeConfig(configFile);
  const stage = stageOf(config, name);
  refuseCanary(config, stage);
  const assemblyFolder = assemblyFolderOf(configFile);
  synthesizeSite(config, configFile, { isBrief: true });
  const primary = {
    config,
    stage,
    assemblyFolder: stageAssemblyFolder(assemblyFolder, config, stage),
  };
  const { plan, release } = assembledRelease(primary);
  const canary: ResolvedStageConfig = {
    ...stage,
    name: "canary",
    stackName: canaryStackName(stage.stackName),
    terminationProtection: false,
    accessLogs: undefined,
    alarms: undefined,
    canary: { traffic, release: release.id },
  };
  const withCanary = { ...config, stages: [...config.stages, canary] };
  synthesize(withCanary, { configFile, assemblyFolder });
  return {
    primary,
    canary: {
      config,
      stage: canary,
      assemblyFolder: stageAssemblyFolder(assemblyFolder, withCanary, canary),
    },
    plan,
  };
}

/**
 * What CloudFront has no staging distributions for (FN-I-58).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/continuous-deployment-quotas-considerations.html
 */
function refuseCanary({ stages }: ResolvedEdgeConfig, stage: ResolvedStageConfig): void {
  const { name, plan, http3, stackName } = stage;
  if (plan === "flat-rate") {
    throw new EdgeSiteError(
      "NO_CANARY",
      `CloudFront's flat-rate plans have no staging distributions: got stages.${name}.plan "flat-rate". Deploy to a stage of its own first, and then here without --canary.`,
    );
  }
  if (http3) {
    throw new EdgeSiteError(
      "NO_CANARY",
      `CloudFront has no staging distributions for what serves HTTP/3: got stages.${name}.http3 true. Set it to false and deploy once without --canary, then with it.`,
    );
  }
  const taken = stages.find((each) => each.stackName === canaryStackName(stackName));
  if (taken === undefined) return;
  throw new EdgeSiteError(
    "NO_CANARY",
    `The canary of stage ${name} would be stack ${taken.stackName}, which stage ${taken.name} has. Give stages.${taken.name} another stackName.`,
  );
}
