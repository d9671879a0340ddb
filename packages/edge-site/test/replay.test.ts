import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { gzipSync } from "node:zlib";
import { AwsTestDouble, type Ended, testAccessKeyId, testDoubleEnv } from "aws-test-double";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { replayActions } from "../src/aws/deploy-actions.ts";
import { holdDeployed } from "./deployed-site.ts";
import { runEdgeSite, runEdgeSiteHere } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

vi.setConfig({ testTimeout: 60_000 });

const home = mkdtempSync(join(tmpdir(), "replay-"));
const site = synthesized({ engine: "cloudfront-function" }, { accessLogs: { retentionDays: 30 } });
const hourMs = 3_600_000;
let aws: AwsTestDouble;

beforeAll(async () => {
  aws = await AwsTestDouble.open();
  holdDeployed(aws, site);
  const own = [...aws.buckets].find(([name]) => name.includes("accesslogs"))?.[1];
  const store = (bucket: typeof own, key: string, body: Buffer, hoursAgo: number): void => {
    const lastModified = new Date(Date.now() - hoursAgo * hourMs);
    const stored = { contentType: undefined, cacheControl: undefined, tagging: undefined };
    bucket?.set(key, { body, lastModified, metadata: {}, ...stored });
  };
  store(own, "E1.2026-11-30-02.b.gz", logOf(3, ["/", "/notes/1"]), 2);
  store(own, "E1.2026-11-30-01.a.gz", logOf(1, ["/notes/1", "/secret"]), 3);
  store(own, "E1.2026-11-28-01.a.gz", logOf(2, ["/long-ago"]), 50);
  const others: NonNullable<typeof own> = new Map();
  aws.buckets.set("logs-of-others", others);
  // More than one page of the listing has.
  for (let file = 0; file < 150; file += 1) {
    const paths = Array.from({ length: 5 }, (_, index) => `/notes/${(file + index) % 50}`);
    store(others, `cdn/${String(file).padStart(3, "0")}.gz`, logOf(file % 60, paths), 500);
  }
  const large: NonNullable<typeof own> = new Map();
  aws.buckets.set("large-logs", large);
  // More than replay brings into order before it begins.
  for (const [file, length] of [15_000, 15_000, 15_000, 1000].entries()) {
    const paths = Array.from({ length }, (_, index) => `/${index % 900}`);
    store(large, `${file}.gz`, logOf(file, paths), 1);
  }
  store(others, "cdn-of-another/1.gz", logOf(1, ["/"]), 1);
});

afterEach(() => {
  aws.faultOf = () => undefined;
  aws.forgetRequests();
});

afterAll(async () => {
  // The command keeps the heap of its process small.
  setFlagsFromString("--heap-growing-percent=0");
  await aws[Symbol.asyncDispose]();
  site[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

/** A log, compressed, whose lines are of one minute. */
function logOf(minute: number, paths: readonly string[]): Buffer {
  const time = `12:${String(minute).padStart(2, "0")}`;
  const lines = paths.map((path, second) =>
    ["2026-11-29", `${time}:0${second % 10}`, "GET", path, 200, "Miss", "text/html", 500].join(
      "\t",
    ),
  );
  return gzipSync(
    `#Version: 1.0\n#Fields: date time cs-method cs-uri-stem sc-status x-edge-result-type sc-content-type sc-content-len\n${lines.join("\n")}\n`,
  );
}

const templateWithoutFunctions = {
  Resources: {
    Bucket: { Type: "AWS::S3::Bucket" },
    Distribution: {
      Type: "AWS::CloudFront::Distribution",
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [
            {
              Id: "site",
              DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
              S3OriginConfig: { OriginAccessIdentity: "" },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: "site",
            ViewerProtocolPolicy: "allow-all",
            // AWS's own policy CachingOptimized.
            CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
          },
        },
      },
    },
  },
};

const withAssembly = ["--assembly", site.assemblyFolder];
const replay = (...args: readonly string[]) =>
  runEdgeSiteHere("replay", [...withAssembly, ...args], home, testDoubleEnv(aws.url));

interface Report {
  readonly isInterrupted: boolean;
  readonly lines: { readonly replayed: number; readonly unsampled: number };
  readonly a: { readonly statuses: Record<string, number>; readonly resultTypes: object };
}

const reportOf = async (...args: readonly string[]) => reportIn(await replay("--json", ...args));

function reportIn({ stdout, stderr, exitStatus }: Ended): Report {
  expect({ stderr, exitStatus }).toEqual({ stderr: "", exitStatus: 0 });
  return JSON.parse(stdout) as Report;
}

describe("replay", () => {
  it("reads the stage's own access logs of the last day, in the order of their times", async () => {
    const args = [...withAssembly, "--json"];
    const ended = await runEdgeSite("replay", args, home, testDoubleEnv(aws.url));
    const { lines, a } = reportIn(ended);
    expect(lines).toMatchObject({ replayed: 4, broken: 0, late: 0 });
    expect(a.statuses).toEqual({ 200: 3, 302: 1 });
    expect(a.resultTypes).toEqual({ Miss: 2, RefreshHit: 1, Hit: 1 });
    expect(aws.unknown).toEqual([]);
    expect(aws.actionsOf(testAccessKeyId)).toEqual(
      ["sts:GetCallerIdentity", ...replayActions].toSorted(),
    );
  });

  it("reads older ones on demand, and what a URL names whenever it was written", async () => {
    expect((await reportOf("--since", "3d")).lines.replayed).toBe(5);
    expect((await reportOf("s3://logs-of-others/cdn/")).lines.replayed).toBe(750);
    expect((await reportOf("s3://logs-of-others/cdn/01")).lines.replayed).toBe(50);
    expect((await reportOf("--since", "2h", "s3://logs-of-others")).lines.replayed).toBe(1);
  });

  it("takes a sample of the paths, the same each time", async () => {
    const sample = ["s3://logs-of-others/cdn/", "--sample", "1/4"];
    const report = await reportOf(...sample);
    expect(report.lines.replayed + report.lines.unsampled).toBe(750);
    // Each of the 50 paths is requested 15 times.
    expect(report.lines.replayed % 15).toBe(0);
    expect(report.lines.replayed).toBeGreaterThan(0);
    expect(await reportOf(...sample)).toEqual(report);
  });

  it("asks again where S3 is busy or a connection breaks", async () => {
    const faults = ["throttling", "connection reset", "server error"] as const;
    const asked = new Set<string>();
    aws.faultOf = ({ path }) => {
      if (asked.has(path)) return undefined;
      asked.add(path);
      return faults[asked.size % faults.length];
    };
    expect((await reportOf("s3://logs-of-others/cdn/0")).lines.replayed).toBe(500);
  });

  it("keeps what was counted where S3 ends it, and gives the same report when it goes on", async () => {
    const folder = join(home, "large");
    const template = join(home, "template.json");
    writeFileSync(template, JSON.stringify(templateWithoutFunctions));
    const args = ["s3://large-logs", "--json", "--assembly", template];
    const state = ["--state", folder];
    aws.faultOf = ({ path }) => (path.includes("/3.gz") ? "expired" : undefined);
    const { exitStatus, stderr } = await replay(...args, ...state);
    expect([exitStatus, stderr]).toEqual([1, expect.stringMatching(/^The AWS credentials have/)]);
    aws.faultOf = () => undefined;
    const goneOn = await replay(...args, ...state);
    expect(goneOn).toEqual(await replay(...args));
    expect((JSON.parse(goneOn.stdout) as Report).lines.replayed).toBe(46_000);
  });

  it.each([
    [["s3://logs-of-others/no/"], "Nothing is under it: CloudFront writes logs within a day."],
    [["s3://"], "Write a bucket and a prefix, as in s3://bucket/prefix."],
    [["s3://no-such-bucket/x"], "got NoSuchBucket: The specified bucket does not exist."],
    [["--since", "1x"], "Write a number and its unit, as in 90s, 30m, 1h or 2d."],
  ])("refuses %j with what to do", async (args, message) => {
    const { exitStatus, stderr } = await replay(...args);
    expect([exitStatus, stderr.trim().split("\n").length]).toEqual([1, 1]);
    expect(stderr).toContain(message);
  });

  it("synthesizes the site where no assembly is named, and takes its stack", async () => {
    const args = ["s3://logs-of-others/cdn/000", "--json"];
    const { stdout, exitStatus } = await runEdgeSiteHere(
      "replay",
      args,
      home,
      testDoubleEnv(aws.url),
    );
    expect(exitStatus).toBe(0);
    expect((JSON.parse(stdout) as Report).a.statuses).toEqual({ 200: 5 });
  });

  it("helps with the options of its own, and those of local-cloudfront", async () => {
    const { stdout, exitStatus } = await replay("--help");
    expect(exitStatus).toBe(0);
    for (const part of ["--since <duration>", "--against <path>", "s3://bucket/prefix"]) {
      expect(stdout).toContain(part);
    }
  });

  it("says what a stage without access logs needs", async () => {
    using plain = synthesized();
    holdDeployed(aws, plain);
    const { exitStatus, stderr } = await replay();
    holdDeployed(aws, site);
    expect([exitStatus, stderr.trim()]).toEqual([
      1,
      'Stage "dev" writes no access logs. Give it accessLogs: { retentionDays: 30 } and deploy it, or pass logs: files, folders, or s3://bucket/prefix.',
    ]);
  });

  it("says which permissions are missing", async () => {
    aws.faultOf = (_, action) => (action === "s3:ListBucket" ? "access denied" : undefined);
    const { exitStatus, stderr } = await replay();
    expect(exitStatus).toBe(1);
    expect(stderr).toContain('"npx edge-site preflight" says which permissions are missing.');
  });
});
