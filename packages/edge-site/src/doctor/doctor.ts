import { ACMClient } from "@aws-sdk/client-acm";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { EvaluatedAssembly } from "cloud-assembly";
import { type AwsClients, awsClients, clientOptions } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { hasReleaseStore } from "../releases/assembled-release.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";
import { type DeployTarget, deployTarget, type TargetOptions } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { checkAccount, checkBootstrap, checkCredentials, checkStack } from "./check-account.ts";
import { checkCertificate } from "./check-certificate.ts";
import {
  checkCallerPermissions,
  checkCommandPermissions,
  checkExecutionPermissions,
} from "./check-permissions.ts";
import { checkCloudFrontQuotas, checkLambdaQuotas } from "./check-quotas.ts";
import type { CheckResult } from "./check-result.ts";
import { checkRuntime, checkTrust, enginesOf } from "./check-template.ts";

/** The clients of a deploy and those of the checks. */
interface DoctorClients extends AwsClients {
  readonly acm: ACMClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
}

function doctorClients(): DoctorClients {
  return {
    ...awsClients(),
    acm: new ACMClient(clientOptions),
    iam: new IAMClient(clientOptions),
    lambda: new LambdaClient(clientOptions),
  };
}

/**
 * Checks whether a stage can be deployed, and changes nothing.
 *
 * @throws {EdgeSiteError} `NOT_READY_TO_DEPLOY` when a deploy would end at one of the checks.
 */
export async function doctor(options: TargetOptions): Promise<void> {
  const target = await deployTarget(options);
  progress.step(`Stage ${target.stage.name}: stack ${target.stage.stackName}`);
  let badCount = 0;
  for await (const result of results(target, doctorClients())) {
    show(result);
    if (result.verdict === "bad") badCount += 1;
  }
  if (badCount === 0) return;
  throw new EdgeSiteError(
    "NOT_READY_TO_DEPLOY",
    `Stage ${JSON.stringify(target.stage.name)} cannot be deployed yet: got ${badCount} ✘ above. Follow the line below each, then run the same command again.`,
  );
}

async function* results(
  { stage, assemblyFolder }: DeployTarget,
  clients: DoctorClients,
): AsyncGenerator<CheckResult> {
  const assembly = new EvaluatedAssembly([synthesizedStack(assemblyFolder, stage.stackName)]);
  const engines = enginesOf(assembly);
  const hasStore = assembly.resourcesOfType("AWS::CloudFront::KeyValueStore").length > 0;
  const hasReleases = hasReleaseStore(synthesizedStack(assemblyFolder, stage.stackName).template);
  if (engines.includes("lambda-edge")) yield* [checkTrust(assembly), checkRuntime(assembly)];
  const { result, caller } = await checkCredentials(clients);
  yield result;
  // Without them nothing else can be asked.
  if (caller === undefined) return;
  const account = checkAccount(caller, stage);
  yield account;
  if (account.verdict === "bad") return;
  const asked = [
    checkBootstrap(clients, caller),
    checkStack(clients, stage),
    checkCallerPermissions(clients.iam, caller, stage, { hasStore, hasReleases }),
    checkExecutionPermissions(clients.iam, caller, [
      ...engines,
      ...(hasStore ? ["key-value-store" as const] : []),
      ...(stage.alarms === undefined ? [] : ["alarms" as const]),
      ...(stage.additionalMetrics ? ["additional-metrics" as const] : []),
      // With it there can be no canary.
      ...(stage.http3 ? [] : ["canary" as const]),
    ]),
    ...checkCommandPermissions(clients.iam, caller, { hasReleases }),
    checkCertificate(clients.acm, stage.domain),
    checkLambdaQuotas(clients.lambda),
    checkCloudFrontQuotas(clients.cloudFront),
  ];
  try {
    yield* await Promise.all(asked);
  } catch (cause) {
    throw awsFailure("The checks cannot be completed", cause);
  }
}

const signs = { good: "✔", bad: "✘", unknown: "?" } as const;

function show({ verdict, finding, remedy }: CheckResult): void {
  progress.detail(`${signs[verdict]} ${finding}`);
  if (remedy !== undefined) progress.detail(`  ${remedy}`);
}
