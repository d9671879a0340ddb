import { S3Client } from "@aws-sdk/client-s3";
import { LocalCloudFrontError, runCommandLine } from "local-cloudfront/command-line";
import { objectAt } from "cloud-assembly";
import { clientOptions } from "../aws/aws-clients.ts";
import { type DeployedSite, deployedSite } from "../aws/deployed-site.ts";
import { distributionConfigOf } from "../aws/template-resources.ts";
import { clock } from "../clock.ts";
import { loadAndSynthesize } from "../synth/synthesize-site.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import { stageOf, type StageOptions } from "../config/stage-of.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { assemblyFolderOf } from "../synth/assembly-folders.ts";
import { s3LogFiles } from "./s3-log-files.ts";

/** Which logs are replayed. */
export interface ReplayOptions extends StageOptions {
  /**
   * Milliseconds before now: what S3 got earlier is left out.
   * @default - a day of the site's own logs, all that a URL names
   */
  readonly sinceMs?: number | undefined;
}

/** What the help of local-cloudfront does not know. */
const ownOptions = `Options of edge-site:
  --config <path>      edge.config.ts or its folder
  --stage <name>       the stage whose logs are read, and that is synthesized
                       without --assembly (default: the first)
  --since <duration>   how far back logs in S3 are read, as in 12h or 7d

`;

const dayMs = 86_400_000;

/**
 * Runs `local-cloudfront replay` on logs in S3: those of the stage where none are named.
 *
 * @param args for local-cloudfront; without `--assembly` the site is synthesized
 * @returns the exit status
 * @throws {EdgeSiteError} as `loadEdgeConfig` and `synthesize`
 */
export async function replay(options: ReplayOptions, args: readonly string[]): Promise<number> {
  const { sinceMs } = options;
  const s3 = new S3Client({ ...clientOptions, followRegionRedirects: true });
  let ownUrl: string | undefined;
  const find = (url: string) => {
    const backMs = sinceMs ?? (url === ownUrl ? dayMs : Infinity);
    return s3LogFiles(s3, url, Math.max(0, clock.now() - backMs));
  };
  const defaultUrl = async (): Promise<string> => (ownUrl = await siteLogsUrl(options));
  const isHelp = args.includes("--help");
  if (isHelp) process.stdout.write(ownOptions);
  const isNamed = args.some((arg) => /^--assembly(?:=|$)/.test(arg));
  const assembly = isHelp || isNamed ? [] : await synthesized(options);
  return runCommandLine(["replay", ...assembly, ...args], {
    name: "edge-site",
    logStore: { find, defaultUrl },
  });
}

async function synthesized({ configFile, stage }: StageOptions): Promise<readonly string[]> {
  const { stackName } = stageOf(await loadEdgeConfig(configFile), stage);
  await loadAndSynthesize(configFile, { isBrief: true, output: process.stderr });
  return ["--assembly", assemblyFolderOf(configFile), "--stack", stackName];
}

async function siteLogsUrl(options: StageOptions): Promise<string> {
  try {
    const site = await deployedSite(options);
    const bucket = accessLogBucketOf(site);
    if (bucket !== undefined) return `s3://${bucket}`;
    throw new EdgeSiteError(
      "NOT_DEPLOYED",
      `Stage ${JSON.stringify(site.stage.name)} writes no access logs. Give it accessLogs: { retentionDays: 30 } and deploy it, or pass logs: files, folders, or s3://bucket/prefix.`,
    );
  } catch (error) {
    if (!(error instanceof EdgeSiteError)) throw error;
    throw new LocalCloudFrontError(error.message, { cause: error });
  }
}

/** Undefined where the distribution writes no access logs. Its template names the bucket by an intrinsic function. */
function accessLogBucketOf({ template, resources }: DeployedSite): string | undefined {
  const name = JSON.stringify(objectAt(distributionConfigOf(template), "Logging")["Bucket"]) ?? "";
  return resources.find(
    ({ type, logicalId }) => type === "AWS::S3::Bucket" && name.includes(`"${logicalId}"`),
  )?.physicalId;
}
