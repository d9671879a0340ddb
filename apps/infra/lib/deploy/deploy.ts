import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { S3Client } from "@aws-sdk/client-s3";
import { appFolder, assemblyFolder, configFile } from "../app-paths.ts";
import { refuseMissingCredentials } from "./refuse-missing-credentials.ts";
import { runCdk } from "./run-cdk.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import { publishPlan } from "./publish-plan.ts";
import { publishSite } from "./publish-site.ts";
import { deployedSiteFolder } from "../prepare-site.ts";
import { readStackOutputs, type StackOutputs } from "./read-stack-outputs.ts";

const region = "us-east-1";

/**
 * Deploys the synthesized assembly, then publishes the site's files and prints the site's URL.
 *
 * @param args Further arguments for `cdk deploy`.
 * @throws {InfraError} whenever the deploy cannot be completed.
 */
export async function deploy(args: readonly string[]): Promise<void> {
  const config = await loadEdgeConfig(configFile);
  const siteFolder = deployedSiteFolder(config, dirname(configFile), assemblyFolder);
  const plan = publishPlan(siteFolder, config.hashedAssetsPattern);
  await refuseMissingCredentials();
  const outputs = await deployStack(config.stackName, args);
  await publishSite(plan, {
    s3: new S3Client({ region }),
    cloudFront: new CloudFrontClient({ region }),
    bucketName: outputs.BucketName,
    distributionId: outputs.DistributionId,
  });
  const count = plan.groups.flat().length;
  process.stdout.write(`\nPublished ${count} files.\n${outputs.DistributionUrl}\n`);
}

async function deployStack(stackName: string, args: readonly string[]): Promise<StackOutputs> {
  const folder = mkdtempSync(join(tmpdir(), "stack-outputs-"));
  const outputsFile = join(folder, "outputs.json");
  try {
    // Who runs this command has decided; what would change is there to see with "pnpm --filter infra diff".
    const approval = args.includes("--require-approval") ? [] : ["--require-approval", "never"];
    await runCdk("deploy", ["--outputs-file", outputsFile, ...approval, ...args], appFolder);
    return readStackOutputs(outputsFile, stackName);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
