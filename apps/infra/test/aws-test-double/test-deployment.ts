import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { LocalCloudFront } from "local-cloudfront";
import { appFolder } from "../../lib/app-paths.ts";
import { AwsTestDouble } from "./aws-test-double.ts";
import { type Ended, runInfra, testDoubleEnv } from "./run-infra.ts";

/** The test double of AWS, and what is live at the domain name of its distribution: a local CloudFront. */
export class TestDeployment implements AsyncDisposable {
  readonly cloudFront: LocalCloudFront;
  readonly aws: AwsTestDouble;
  /** The environment in which commands ask the test double, and trust the live site. */
  readonly env: Readonly<Record<string, string>>;
  readonly #home: string;

  private constructor(cloudFront: LocalCloudFront, aws: AwsTestDouble, home: string) {
    this.cloudFront = cloudFront;
    this.aws = aws;
    this.#home = home;
    this.env = { ...testDoubleEnv(aws.url), NODE_EXTRA_CA_CERTS: certificateFile(home) };
  }

  /**
   * @param assembly The folder of the assembly that is live.
   * @param home A folder for what commands and the CDK CLI remember.
   */
  static async open(assembly: string, home: string): Promise<TestDeployment> {
    const cloudFront = await LocalCloudFront.start({ assembly, https: true, port: 0 });
    const { host, hostname, port } = new URL(cloudFront.url);
    const aws = await AwsTestDouble.open({ distributionDomainName: host });
    writeFileSync(certificateFile(home), await certificateOf(hostname, Number(port)));
    return new TestDeployment(cloudFront, aws, home);
  }

  /** Runs a command of this app, or of another one that is like it, on an assembly. */
  run(command: string, assembly: string, ...args: readonly string[]): Promise<Ended> {
    return this.runOf(appFolder, command, assembly, ...args);
  }

  /** @param app The app's folder. */
  runOf(
    app: string,
    command: string,
    assembly: string,
    ...args: readonly string[]
  ): Promise<Ended> {
    return runInfra(command, ["--assembly", assembly, ...args], this.#home, this.env, app);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.aws[Symbol.asyncDispose]();
    await this.cloudFront.close();
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
