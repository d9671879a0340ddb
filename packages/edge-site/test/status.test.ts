import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AwsTestDouble,
  keyValueStoreArn,
  testAccessKeyId,
  testDistributionId,
  testDoubleEnv,
} from "aws-test-double";
import { liveReleaseKey } from "release-select";
import { statusActions } from "../src/aws/deploy-actions.ts";
import type { SiteStatus } from "../src/status/site-status.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionNameOf, holdDeployed } from "./deployed-site.ts";
import { runEdgeSite, runEdgeSiteHere } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

const home = mkdtempSync(join(tmpdir(), "status-"));
const releases = { keep: 10, days: 30, isRequired: true };
const site = synthesized({ engine: undefined, releases });
const hourMs = 3_600_000;
const now = Date.now();
let aws: AwsTestDouble;

/** Values of hours ago, the youngest first. */
function measure(id: string, dimensions: object, ...values: readonly number[]): void {
  const measured = values.map((value, hours) => ({ timeMs: now - (hours + 0.5) * hourMs, value }));
  aws.metrics.set(`${id} ${JSON.stringify(dimensions)}`, measured);
}

beforeAll(async () => {
  aws = await AwsTestDouble.open();
  holdDeployed(aws, site);
  const [arn = ""] = Object.keys(site.template.findResources("AWS::CloudFront::KeyValueStore"));
  aws.keyValueStores.set(keyValueStoreArn("notes", arn), {
    keyValues: new Map([[liveReleaseKey, "2f1c7d90ab34"]]),
    version: 1,
  });
  const distribution = { DistributionId: testDistributionId, Region: "Global" };
  measure("us-east-1 AWS/CloudFront/Requests", distribution, 3_000_000, 1_000_000);
  measure("us-east-1 AWS/CloudFront/BytesDownloaded", distribution, 5_000_000, 1_000_000);
  measure("us-east-1 AWS/CloudFront/4xxErrorRate", distribution, 1, 5);
  measure("us-east-1 AWS/CloudFront/5xxErrorRate", distribution, 0, 0);
  const script = { FunctionName: functionNameOf(site, "spa-rewrite"), Region: "Global" };
  measure("us-east-1 AWS/CloudFront/FunctionInvocations", script, 300, 100);
  measure("us-east-1 AWS/CloudFront/FunctionExecutionErrors", script, 2);
  measure("us-east-1 AWS/CloudFront/FunctionValidationErrors", script, 0, 1);
  measure("us-east-1 AWS/CloudFront/FunctionComputeUtilization", script, 20, 40);
  const name = functionNameOf(site, "secret-redirect");
  const replica = { FunctionName: `us-east-1.${name}` };
  measure("eu-central-1 AWS/Lambda/Invocations", replica, 600_000);
  measure("eu-central-1 AWS/Lambda/Errors", replica, 4);
  measure("eu-central-1 AWS/Lambda/Duration", replica, 1_200_000);
  measure("sa-east-1 AWS/Lambda/Invocations", replica, 200_000);
  measure("sa-east-1 AWS/Lambda/Throttles", replica, 7);
  measure("sa-east-1 AWS/Lambda/Duration", replica, 400_000);
  measure("us-east-1 AWS/Lambda/Invocations", { FunctionName: name }, 200_000);
  measure("us-east-1 AWS/Lambda/Duration", { FunctionName: name }, 400_000);
});

afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  site[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

const status = (...args: readonly string[]) =>
  runEdgeSiteHere("status", args, home, testDoubleEnv(aws.url));

async function readStatus(...args: readonly string[]): Promise<SiteStatus> {
  const { stdout, stderr, exitStatus } = await status("--json", ...args);
  expect({ stderr, exitStatus }).toEqual({ stderr: "", exitStatus: 0 });
  return JSON.parse(stdout) as SiteStatus;
}

const functionOf = ({ functions }: SiteStatus, packageName: string) =>
  functions.find(({ name }) => name.includes(`${packageName} `));

describe("status", () => {
  it("is what is deployed and what viewers have asked of it", async () => {
    aws.forgetRequests();
    const found = await readStatus();
    expect(found).toMatchObject({
      stage: "dev",
      stackName: "notes",
      stackStatus: "CREATE_COMPLETE",
      url: "https://d111111abcdef8.cloudfront.net",
      distributionStatus: "Deployed",
      notRead: [],
    });
    // An error rate weighs as much as there were requests in its hour.
    expect(found.traffic).toEqual({
      requests: 4_000_000,
      bytesToViewers: 6_000_000,
      clientErrorPercent: 2,
      serverErrorPercent: 0,
    });
    expect(aws.unknown).toEqual([]);
    expect(aws.actionsOf(testAccessKeyId)).toEqual(
      ["sts:GetCallerIdentity", ...statusActions].toSorted(),
    );
  });

  it("LE-F-19: counts a function on Lambda@Edge in all regions, with its version", async () => {
    expect(functionOf(await readStatus(), "secret-redirect")).toMatchObject({
      engine: "lambda-edge",
      eventTypes: ["origin-request"],
      pathPatterns: ["*"],
      version: "1",
      codeBytes: 3456,
      invocations: 1_000_000,
      errors: 4,
      throttles: 7,
      meanDurationMs: 2,
      // 0.60 for the invocations, and 2,000 seconds of an eighth of a GB.
      cost: 0.6 + 250 * 0.000_050_01,
    });
  });

  it("counts the errors of a CloudFront Function, and its share of the time that it has", async () => {
    const script = functionOf(await readStatus(), "spa-rewrite");
    expect(script).toMatchObject({
      engine: "cloudfront-function",
      eventTypes: ["viewer-request"],
      invocations: 400,
      errors: 3,
      throttles: 0,
      utilizationPercent: 25,
    });
    expect(script?.codeBytes).toBeGreaterThan(100);
  });

  it("costs what the month has cost so far, whatever time is asked for", async () => {
    const { cost, costThisMonth, untilMs } = await readStatus("--since", "1h");
    const end = new Date(untilMs);
    const began = Date.UTC(end.getUTCFullYear(), end.getUTCMonth());
    // The requests of half an hour ago, and of an hour and a half ago.
    const isInMonth = [0.5, 1.5].map((hours) => now - hours * hourMs >= began);
    const [latest = 0, earlier = 0] = isInMonth.map(Number);
    expect(cost).toBeGreaterThan(3);
    expect(costThisMonth).toBeCloseTo(latest * cost + earlier * 1_000_000 * 1e-6, 3);
  });

  it("has the hit rate where CloudFront measures it", async () => {
    const distribution = { DistributionId: testDistributionId, Region: "Global" };
    measure("us-east-1 AWS/CloudFront/CacheHitRate", distribution, 90, 50);
    expect((await readStatus()).traffic.cacheHitPercent).toBe(80);
    expect((await status()).stdout).toContain(", 5xx 0 %, 80 % from the cache.\n");
    aws.metrics.delete(`us-east-1 AWS/CloudFront/CacheHitRate ${JSON.stringify(distribution)}`);
  });

  it("is that of a time", async () => {
    const { traffic, functions } = await readStatus("--since", "1h");
    expect(traffic.requests).toBe(3_000_000);
    expect(functionOf({ functions } as SiteStatus, "spa-rewrite")?.invocations).toBe(300);
    expect((await readStatus("--since", "10m")).traffic).toEqual({
      requests: 0,
      bytesToViewers: 0,
    });
  });

  it("is a table for a person, and names the regions that are not let into", async () => {
    aws.faultOf = ({ region }, action) =>
      region === "sa-east-1" && action === "cloudwatch:GetMetricData" ? "access denied" : undefined;
    const { stdout } = await runEdgeSite("status", [], home, testDoubleEnv(aws.url));
    aws.faultOf = () => undefined;
    expect(
      stdout
        .replace(/since 2\S+Z/, "since TIME")
        .replace(/and \S+ since/, "and COST since")
        .replaceAll(/ \d[\d,]* B /g, " N B "),
    ).toMatchInlineSnapshot(`
      "https://d111111abcdef8.cloudfront.net
      Stage dev: stack notes is CREATE_COMPLETE since TIME, distribution E2TESTDOUBLE is Deployed.
      Release 2f1c7d90ab34 is live.

      In the last 24 h: 4,000,000 requests, 6 MB to viewers, 4xx 2 %, 5xx 0 %, hit rate not measured.
      Requests and functions have cost about $4.49, and COST since the month began (UTC), without data transfer and free tier (list prices of 2026-11-30).

                                               runs at          of            on                         code  invocations  errors  throttles   takes   costs
      release-select 0.0.0, spa-rewrite 0.1.0  viewer-request   *             CloudFront Functions    N B          400       3          0    25 %  <$0.01
      security-headers 0.1.0                   viewer-response  /assets/*, *  CloudFront Functions    N B            0       0          0       –   $0.00
      secret-redirect 0.1.0                    origin-request   *             Lambda@Edge, version 1  N B      800,000       4          0  2.0 ms   $0.49

      CloudFront measures the hit rate with additionalMetrics: true of the stage in edge.config.ts.

      Without the metrics of sa-east-1 (AccessDenied).
      "
    `);
  });

  it.each([
    [["--since", "soon"], /argument 'soon' is invalid\. Write a number and its unit, as in 90s/],
    [
      ["--stage", "prod"],
      /Stage "prod" is not deployed: there is no stack notes-prod\. Run: npx edge-site deploy --stage prod/,
    ],
  ])("%j is told in a sentence", async (args, message) => {
    const { exitStatus, stderr, stdout } = await status(...args);
    expect([exitStatus, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });
});
