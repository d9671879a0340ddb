import { dirname, join, relative } from "node:path";
import { Annotations, Stack, Stage } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { EvaluatedAssembly } from "cloud-assembly";
import { Construct } from "constructs";
import { addEdgeChecks, appStacks } from "edge-check/cdk";
import { defineEdgeConfig, type EdgeConfig } from "../config/edge-config.ts";
import { withoutUndefined } from "../config/setting-checks.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { SpaSite } from "../constructs/spa-site.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { publishPlan } from "../publish/publish-plan.ts";
import { prepareSite } from "../site/prepare-site.ts";
import { functionsOf } from "../synth/functions-of.ts";
import { siteRemarks, type SiteToRemarkOn } from "../synth/site-remarks.ts";
import { synthesizedDistribution } from "../synth-checks/synthesized-distribution.ts";
import { publishByDeployments } from "./publish-by-deployments.ts";

/** What a stage says of the site itself, rather than of its stack. */
const stageKeys = [
  "domain",
  "runtime",
  "priceClass",
  "http3",
  "additionalMetrics",
  "webAclArn",
  "plan",
  "accessLogs",
  "alarms",
  "permissionsBoundary",
] as const;

/** A site as edge.config.ts describes it, with what a stage says of it. */
export interface EdgeSiteProps
  extends
    Omit<EdgeConfig, "stackName" | "stages" | "liveChecks" | "releases">,
    Pick<StageConfig, (typeof stageKeys)[number]> {
  /**
   * A file from which `siteFolder` and the packages are found, as in `import.meta.filename`.
   * @default - package.json in the working directory
   */
  readonly from?: string;
  /**
   * Whether the stack publishes the site's files, by a `BucketDeployment` of the CDK.
   * @default true
   */
  readonly publish?: boolean;
}

/**
 * A built site in a private bucket, behind a distribution that runs edge functions, for a CDK app of one's own. With
 * functions on Lambda@Edge the stack has to be in us-east-1 (LE-E-11).
 *
 * The functions' packages and edge-check say at synth what cannot work.
 */
export class EdgeSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  /** Absolute path of the files that are published: a copy of the built site where a package has changed it. */
  readonly siteFolder: string;

  /**
   * @throws {EdgeSiteError} `INVALID_CONFIG`, `SITE_NOT_BUILT`, `UNKNOWN_PACKAGE` and others, naming the remedy.
   */
  constructor(scope: Construct, id: string, props: EdgeSiteProps) {
    super(scope, id);
    const { from = join(process.cwd(), "package.json"), publish = true, ...settings } = props;
    const config = siteConfig(Stack.of(this).stackName, settings);
    const [stage] = config.stages;
    if (stage === undefined) throw new Error("A configuration without a stage.");
    const outdir = Stage.of(this)?.outdir ?? "cdk.out";
    const copy = join(outdir, `site.${this.node.addr}`);
    const site = prepareSite(config, {
      configFile: from,
      source: this.node.path,
      copyFolder: copy,
      finalCopyFolder: copy,
    });
    const { functions } = functionsOf(config, stage, site, from);
    const { bucket, distribution } = new SpaSite(this, "Default", {
      ...config,
      assemblyFolder: outdir,
      sitePath: publish ? undefined : relative(outdir, site.folder),
      functions,
      errorPages: site.errorPages,
      configFolder: dirname(from),
      stage,
    });
    this.bucket = bucket;
    this.distribution = distribution;
    this.siteFolder = site.folder;
    if (publish) {
      const { hashedAssetsPattern, siteFiles, contentTypes } = config;
      const plan = publishPlan(site.folder, hashedAssetsPattern, siteFiles, contentTypes);
      publishByDeployments(this, { bucket, distribution, plan, hashedAssetsPattern });
    }
    addEdgeChecks(this, { failOn: "warning" });
    addSiteChecks(this, (found) =>
      siteRemarks(config, stage, {
        ...found,
        site,
        functions,
        noReleases: undefined,
        configFile: from,
      }),
    );
  }
}

/** Refuses what is no setting, as edge.config.ts does. */
function siteConfig(
  stackName: string,
  settings: Omit<EdgeSiteProps, "from" | "publish">,
): ReturnType<typeof defineEdgeConfig> {
  const isOfStage = (key: string): boolean => stageKeys.some((each) => each === key);
  const entries = Object.entries(withoutUndefined(settings));
  const stage = Object.fromEntries(entries.filter(([key]) => isOfStage(key)));
  const config = Object.fromEntries(entries.filter(([key]) => !isOfStage(key)));
  return defineEdgeConfig({
    ...(config as Pick<EdgeConfig, "siteFolder" | "functions">),
    stackName,
    // The stack publishes the files, or its author does.
    releases: false,
    stages: { site: stage },
  });
}

/** Asks the functions' packages once the app is complete: what cannot work ends the synth, the rest is annotated. */
function addSiteChecks(
  { node, distribution }: EdgeSite,
  remarksOf: (
    found: Pick<SiteToRemarkOn, "distribution" | "placeOf">,
  ) => ReturnType<typeof siteRemarks>,
): void {
  const stack = Stack.of(distribution);
  node.addValidation({
    validate() {
      const assembly = new EvaluatedAssembly(appStacks(distribution), { faults: "unknown" });
      const logicalId = String(
        stack.resolve(stack.getLogicalId(distribution.node.defaultChild as never)),
      );
      try {
        const remarks = remarksOf({
          distribution: synthesizedDistribution(
            assembly,
            (each) => each.logicalId === logicalId && each.stack.id === stack.node.addr,
          ),
          placeOf: (index) => `${node.path} functions[${index}]`,
        });
        for (const { severity, message } of remarks) {
          const annotations = Annotations.of(distribution);
          if (severity === "warning") annotations.addWarningV2("edge-site:site", message);
          else annotations.addInfo(message);
        }
        return [];
      } catch (error) {
        if (!(error instanceof EdgeSiteError)) throw error;
        return error.message.split("\n");
      }
    },
  });
}
