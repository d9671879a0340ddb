import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { App, type IPolicyValidationPlugin, Validations } from "aws-cdk-lib";
import { ArtifactMetadataEntryType } from "aws-cdk-lib/cloud-assembly-schema";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { EvaluatedAssembly, readCloudAssembly } from "cloud-assembly";
import { clock } from "../clock.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { type PreparedSite, prepareSite } from "../site/prepare-site.ts";
import { functionsOf } from "./functions-of.ts";
import { SiteStack } from "../constructs/site-stack.ts";
import { siteRemarks } from "./site-remarks.ts";
import { stageAssemblyFolder } from "./assembly-folders.ts";
import { synthesizedDistribution } from "../synth-checks/synthesized-distribution.ts";
import { declaredAt } from "../synth-checks/declared-at.ts";
import { refuseByEdgeRules } from "../synth-checks/refuse-by-edge-rules.ts";

const metadataTypes = {
  warning: ArtifactMetadataEntryType.WARN,
  info: ArtifactMetadataEntryType.INFO,
} as const;

/** From where, and whereto. */
export interface SynthesizeOptions {
  /** Absolute path of edge.config.ts: its folders and packages are found from there. */
  readonly configFile: string;
  /** Absolute path; what it holds already is replaced. */
  readonly assemblyFolder: string;
  /**
   * Whether the CDK's own CloudFormation rules are evaluated as well. Loading their engine takes
   * seconds, many times the synthesis itself; a test does it.
   * @default false
   */
  readonly evaluatesCdkRules?: boolean;
  /**
   * Rules of others that check the app, as cdk-nag's do.
   * @default []
   */
  readonly validationPlugins?: readonly IPolicyValidationPlugin[];
  /**
   * The day of the deployment, as in `2026-11-23`: runtimes age.
   * @default - today
   */
  readonly today?: string | undefined;
}

/**
 * Writes the cloud assemblies of a configuration, that of the first stage in the folder itself and the
 * others in it: the same configuration and packages, the same bytes.
 *
 * @returns The assembly of the first stage.
 * @throws {EdgeSiteError} `SITE_NOT_BUILT`, `REFUSED_SITE_FILE`, or as `siteFunctions`, `checkFunctions` and `refuseByEdgeRules`; the
 *   folder is then left as it was.
 */
export function synthesize(config: ResolvedEdgeConfig, options: SynthesizeOptions): CloudAssembly {
  const { assemblyFolder, configFile } = options;
  replaceFolder(assemblyFolder, (newFolder) => {
    const site = prepareSite(config, {
      configFile,
      copyFolder: join(newFolder, "site"),
      finalCopyFolder: join(assemblyFolder, "site"),
    });
    for (const stage of config.stages) {
      const outdir = stageAssemblyFolder(newFolder, config, stage);
      mkdirSync(outdir, { recursive: true });
      writeAssembly(config, stage, {
        site,
        outdir,
        assemblyFolder: stageAssemblyFolder(assemblyFolder, config, stage),
        configFile,
        evaluatesCdkRules: options.evaluatesCdkRules ?? false,
        validationPlugins: options.validationPlugins ?? [],
        today: options.today,
      });
    }
  });
  return new CloudAssembly(assemblyFolder);
}

function writeAssembly(
  config: ResolvedEdgeConfig,
  stage: ResolvedStageConfig,
  options: Required<Omit<SynthesizeOptions, "today">> &
    Pick<SynthesizeOptions, "today"> & { readonly outdir: string; readonly site: PreparedSite },
): void {
  const { outdir, assemblyFolder, configFile, site, today } = options;
  const { functions, noReleases } = functionsOf(config, stage, site, configFile);
  const app = siteApp(outdir, options.evaluatesCdkRules);
  Validations.of(app).addPlugins(...options.validationPlugins);
  const stack = new SiteStack(app, stage.stackName, {
    ...config,
    assemblyFolder,
    sitePath: relative(assemblyFolder, site.finalFolder),
    functions,
    errorPages: site.errorPages,
    configFolder: dirname(configFile),
    stage,
  });
  const { directory } = app.synth();
  const assembly = new EvaluatedAssembly(readCloudAssembly(directory).stacks);
  const remarks = [
    ...siteRemarks(config, stage, {
      site,
      functions,
      noReleases,
      distribution: synthesizedDistribution(assembly),
      configFile,
      placeOf: (index) => declaredAt(configFile, functions.placed, index),
    }),
    ...refuseByEdgeRules({ assemblyFolder: outdir, functions, stack, configFile, today }),
  ];
  // The assembly has them, so that a deploy shows them. Annotations would add where this is called from,
  // and with it absolute paths.
  for (const { severity, message } of remarks) {
    stack.node.addMetadata(metadataTypes[severity], message);
  }
  if (remarks.length > 0) app.synth({ force: true });
}

function siteApp(outdir: string, builtinCloudFormationValidation: boolean): App {
  return new App({
    outdir,
    builtinCloudFormationValidation,
    // Nothing is sent about the app, and the template has only what is deployed.
    analyticsReporting: false,
    context: {
      // They name absolute paths, and the assembly is the same wherever it is made.
      "aws:cdk:disable-creation-stack-traces": true,
      "@aws-cdk/aws-iam:minimizePolicies": true,
      // It would make log groups in us-east-1 that no edge function ever writes to (LE-F-05).
      "@aws-cdk/aws-lambda:useCdkManagedLogGroup": false,
    },
  });
}

/** Whoever reads the folder meanwhile, a running local CloudFront say, finds the old or the new one. */
function replaceFolder(folder: string, write: (newFolder: string) => void): void {
  removeLeftFolders(dirname(folder));
  const parent = mkdtempSync(join(dirname(folder), temporaryPrefix));
  try {
    const newFolder = join(parent, basename(folder));
    write(newFolder);
    rmSync(folder, { recursive: true, force: true });
    renameSync(newFolder, folder);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

const temporaryPrefix = ".synthesizing-";
/** No synth takes that long: the folder is that of one that was killed. */
const leftAfterMs = 60 * 60 * 1000;

function removeLeftFolders(parent: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(temporaryPrefix))) {
    const path = join(parent, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && clock.now() - stats.mtimeMs > leftAfterMs) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
