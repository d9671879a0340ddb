import { GetDistributionCommand } from "@aws-sdk/client-cloudfront";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  cloudFrontFunctionInvocationCost,
  cloudFrontPrices,
  lambdaEdgeInvocationCost,
} from "cf-rules";
import type { EdgeEngine } from "cf-types";
import { objectAt } from "cloud-assembly";
import { clientOptions } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import type { DeployedSite } from "../aws/deployed-site.ts";
import { type FunctionResource, functionResources } from "../aws/function-resources.ts";
import { describeMembers } from "../artefact/function-metadata.ts";
import { readStackOutputs } from "../deploy/read-stack-outputs.ts";
import { readLiveRelease } from "../releases/live-release.ts";
import {
  type FunctionMetrics,
  type ReadFunctionMetrics,
  readFunctionMetrics,
} from "./function-metrics.ts";
import { type FunctionPlacement, functionPlacement } from "./function-placement.ts";
import type { TimeRange } from "./metrics.ts";
import { readTrafficMetrics, type TrafficMetrics } from "./traffic-metrics.ts";

/** What is deployed of a stage, and what it has done in a time. */
export interface SiteStatus {
  readonly stage: string;
  readonly stackName: string;
  /** As in `UPDATE_COMPLETE`. */
  readonly stackStatus: string;
  /** In ISO 8601. */
  readonly changedAt: string;
  readonly url: string;
  readonly distributionId: string;
  /** `Deployed`, or `InProgress` while edge locations learn of a change. */
  readonly distributionStatus: string;
  /** The id of the live release; undefined where the stage has none. */
  readonly release: string | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly traffic: TrafficMetrics;
  readonly functions: readonly FunctionStatus[];
  /** Of requests and functions in that time, in US dollars, without data transfer and free tier. */
  readonly cost: number;
  /** The same since the month of its end began, in UTC, as AWS bills it. */
  readonly costThisMonth: number;
  /** Regions whose metrics are missing, as in `sa-east-1 (AccessDenied)`. */
  readonly notRead: readonly string[];
}

/** What is deployed of a function, and what it has done. */
export interface FunctionStatus extends FunctionMetrics, FunctionPlacement {
  /** Its packages, as in `spa-rewrite 0.1.0`. */
  readonly name: string;
  readonly engine: EdgeEngine;
  /** Of the code of a CloudFront Function, and of the zip file of one on Lambda@Edge. */
  readonly codeBytes: number;
  readonly cost: number;
}

/**
 * Returns what is deployed, and what it has done in a time.
 *
 * @throws {EdgeSiteError} `MISSING_OUTPUTS` for another app's stack
 */
export async function siteStatus(site: DeployedSite, range: TimeRange): Promise<SiteStatus> {
  const { stage, clients, template, resources } = site;
  const { cloudFormation, cloudFront, keyValueStores } = clients;
  const { stackName } = stage;
  const stack = await describeStack(cloudFormation, stackName);
  const outputs = readStackOutputs(stack, stackName);
  const functions = functionResources(template, resources);
  const month = { fromMs: startOfMonth(range.untilMs), untilMs: range.untilMs };
  const { ReleaseStoreArn: storeArn } = outputs;
  const [distribution, release, code, measured, measuredThisMonth] = await Promise.all([
    cloudFront.send(new GetDistributionCommand({ Id: outputs.DistributionId })),
    storeArn === undefined ? undefined : readLiveRelease({ keyValueStores, storeArn }),
    Promise.all(functions.map((each) => codeOf(each, site))),
    measure(outputs.DistributionId, functions, range),
    measure(outputs.DistributionId, functions, month),
  ]);
  const costOf = ({ traffic, metrics }: Measured): number =>
    functions.reduce(
      (sum, each, index) => sum + functionCost(each, metrics, code[index]),
      (traffic.requests / 1_000_000) * cloudFrontPrices.perMillionHttpsRequests,
    );
  return {
    stage: stage.name,
    stackName,
    stackStatus: stack?.StackStatus ?? "",
    changedAt: (stack?.LastUpdatedTime ?? stack?.CreationTime)?.toISOString() ?? "",
    url: outputs.DistributionUrl,
    distributionId: outputs.DistributionId,
    distributionStatus: distribution.Distribution?.Status ?? "",
    release,
    ...range,
    traffic: measured.traffic,
    functions: functions.map((each, index) => ({
      name: describeMembers(each.members),
      engine: each.engine,
      ...functionPlacement(each, template, resources),
      codeBytes: code[index]?.bytes ?? 0,
      ...(measured.metrics.get(each.logicalId) ?? { invocations: 0, errors: 0, throttles: 0 }),
      cost: functionCost(each, measured.metrics, code[index]),
    })),
    cost: costOf(measured),
    costThisMonth: costOf(measuredThisMonth),
    notRead: measured.refused,
  };
}

function startOfMonth(timeMs: number): number {
  const time = new Date(timeMs);
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth());
}

interface Measured extends ReadFunctionMetrics {
  readonly traffic: TrafficMetrics;
}

async function measure(
  distributionId: string,
  functions: readonly FunctionResource[],
  range: TimeRange,
): Promise<Measured> {
  const [traffic, ofFunctions] = await Promise.all([
    readTrafficMetrics(distributionId, range),
    readFunctionMetrics(functions, range),
  ]);
  return { traffic, ...ofFunctions };
}

interface FunctionCode {
  readonly bytes: number;
  readonly memoryMb: number;
}

function functionCost(
  { logicalId, engine }: FunctionResource,
  metrics: ReadFunctionMetrics["metrics"],
  code: FunctionCode | undefined,
): number {
  const { invocations = 0, meanDurationMs = 0 } = metrics.get(logicalId) ?? {};
  const perInvocation =
    engine === "lambda-edge"
      ? lambdaEdgeInvocationCost(code?.memoryMb ?? 0, meanDurationMs)
      : cloudFrontFunctionInvocationCost(0);
  return invocations * perInvocation;
}

async function codeOf(
  { engine, logicalId, physicalName }: FunctionResource,
  { template }: DeployedSite,
): Promise<FunctionCode> {
  if (engine === "cloudfront-function") {
    const { FunctionCode } = objectAt(template, "Resources", logicalId, "Properties");
    return { bytes: Buffer.byteLength(String(FunctionCode)), memoryMb: 0 };
  }
  const { CodeSize = 0, MemorySize = 0 } = await new LambdaClient(clientOptions).send(
    new GetFunctionConfigurationCommand({ FunctionName: physicalName }),
  );
  return { bytes: CodeSize, memoryMb: MemorySize };
}
