import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { LocalCloudFront } from "local-cloudfront";
import { AwsTestDouble } from "./aws-test-double.ts";
import { type Ended, type Program, runProgram, testDoubleEnv } from "./run-program.ts";

/** The test double of AWS, and what is live at the domain name of its distribution: a local CloudFront. */
export class TestDeployment implements AsyncDisposable {
  readonly cloudFront: LocalCloudFront;
  readonly aws: AwsTestDouble;
  /** The environment in which commands ask the test double, and trust the live site. */
  readonly env: Readonly<Record<string, string>>;
  readonly #program: Program;
  readonly #home: string;

  private constructor(
    program: Program,
    cloudFront: LocalCloudFront,
    aws: AwsTestDouble,
    home: string,
  ) {
    this.#program = program;
    this.cloudFront = cloudFront;
    this.aws = aws;
    this.#home = home;
    this.env = { ...testDoubleEnv(aws.url), NODE_EXTRA_CA_CERTS: certificateFile(home) };
  }

  /**
   * @param program The command `edge-site`.
   * @param assembly The folder of the assembly that is live.
   * @param home A folder for what commands and the CDK CLI remember.
   */
  static async open(program: Program, assembly: string, home: string): Promise<TestDeployment> {
    const cloudFront = await LocalCloudFront.start({ assembly, https: true, port: 0 });
    const { host, hostname, port } = new URL(cloudFront.url);
    const aws = await AwsTestDouble.open({ distributionDomainName: host });
    writeFileSync(certificateFile(home), await certificateOf(hostname, Number(port)));
    return new TestDeployment(program, cloudFront, aws, home);
  }

  /** Runs a command on an assembly. */
  run(command: string, assembly: string, ...args: readonly string[]): Promise<Ended> {
    return runProgram(
      this.#program,
      [command, "--assembly", assembly, ...args],
      this.#home,
      this.env,
    );
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
