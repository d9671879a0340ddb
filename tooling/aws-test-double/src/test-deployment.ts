import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { connect } from "node:tls";
import { EvaluatedAssembly, readCloudAssembly } from "cloud-assembly";
import { LocalCloudFront } from "local-cloudfront";
import { AwsTestDouble } from "./aws-test-double.ts";
import { type Ended, type RunCommand, testDoubleEnv } from "./run-program.ts";

/** The test double of AWS, and what is live at the domain name of its distribution: a local CloudFront. */
export class TestDeployment implements AsyncDisposable {
  readonly cloudFront: LocalCloudFront;
  readonly aws: AwsTestDouble;
  /** The environment in which commands ask the test double, and trust the live site. */
  readonly env: Readonly<Record<string, string>>;
  readonly #run: RunCommand;
  readonly #home: string;

  private constructor(
    run: RunCommand,
    cloudFront: LocalCloudFront,
    aws: AwsTestDouble,
    home: string,
  ) {
    this.#run = run;
    this.cloudFront = cloudFront;
    this.aws = aws;
    this.#home = home;
    this.env = { ...testDoubleEnv(aws.url), NODE_EXTRA_CA_CERTS: certificateFile(home) };
  }

  /**
   * @param run Runs the command `edge-site`.
   * @param assembly The folder of the assembly that is live.
   * @param home A folder for what commands and the CDK CLI remember.
   * @param showsBucket Whether the live site has what is in the bucket and in the key value store, rather than what the
   *   assembly has.
   */
  static async open(
    run: RunCommand,
    assembly: string,
    home: string,
    showsBucket = false,
  ): Promise<TestDeployment> {
    const folder = join(home, "bucket");
    if (showsBucket) mkdirSync(folder, { recursive: true });
    const cloudFront = await LocalCloudFront.start({
      assembly,
      https: true,
      port: 0,
      ...(showsBucket && { origins: { [siteBucketOf(assembly)]: folder } }),
    });
    const { host, hostname, port } = new URL(cloudFront.url);
    const aws = await AwsTestDouble.open({ distributionDomainName: host });
    const storeNames = storeNamesOf(assembly);
    let invalidated = 0;
    if (showsBucket) {
      aws.changed = () => {
        showState(aws, cloudFront, { folder, storeNames });
        const { invalidations } = aws.cloudFront;
        for (const paths of invalidations.slice(invalidated)) void cloudFront.invalidate(paths);
        invalidated = invalidations.length;
      };
    }
    writeFileSync(certificateFile(home), await certificateOf(hostname, Number(port)));
    return new TestDeployment(run, cloudFront, aws, home);
  }

  /** Runs a command on an assembly. */
  run(command: string, assembly: string, ...args: readonly string[]): Promise<Ended> {
    return this.program(command, "--assembly", assembly, ...args);
  }

  /** Runs a command. */
  program(...args: readonly string[]): Promise<Ended> {
    return this.#run(args, this.#home, this.env);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.aws[Symbol.asyncDispose]();
    await this.cloudFront.close();
  }
}

function siteBucketOf(assembly: string): string {
  const buckets = new EvaluatedAssembly(readCloudAssembly(assembly).stacks)
    .resourcesOfType("AWS::S3::Bucket")
    .map(({ logicalId }) => logicalId);
  return buckets.find((logicalId) => logicalId.startsWith("SiteBucket")) ?? "";
}

/** Returns the names of key value stores by logical id. */
function storeNamesOf(assembly: string): ReadonlyMap<string, string> {
  const stores = new EvaluatedAssembly(readCloudAssembly(assembly).stacks).resourcesOfType(
    "AWS::CloudFront::KeyValueStore",
  );
  return new Map(stores.map((store) => [store.logicalId, store.text("Name") ?? ""]));
}

/** Shows the objects of the bucket as files in a folder, and the keys of the store. */
function showState(
  aws: AwsTestDouble,
  cloudFront: LocalCloudFront,
  {
    folder,
    storeNames,
  }: { readonly folder: string; readonly storeNames: ReadonlyMap<string, string> },
): void {
  const objects = [...aws.site];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (statSync(join(folder, name)).isFile() && !aws.site.has(name)) rmSync(join(folder, name));
  }
  for (const [key, { body }] of objects) {
    const file = join(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
  for (const [arn, { keyValues }] of aws.keyValueStores) {
    const name = storeNames.get(arn.slice(arn.lastIndexOf("-") + 1));
    if (name === undefined) continue;
    const store = cloudFront.kvs(name);
    for (const { key } of store.list()) if (!keyValues.has(key)) store.delete(key);
    for (const [key, value] of keyValues) if (store.get(key) !== value) store.set(key, value);
  }
}

function certificateFile(home: string): string {
  return join(home, "certificate.pem");
}

/** PEM */
function certificateOf(host: string, port: number): Promise<string> {
  return new Promise((settle, fail) => {
    const socket = connect({ host, port, rejectUnauthorized: false }, () => {
      const base64 = socket.getPeerCertificate().raw.toString("base64");
      socket.destroy();
      settle(`-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`);
    });
    socket.on("error", fail);
  });
}
