import { resolve } from "node:path";
import { Duration } from "aws-cdk-lib";
import type { Distribution, IOrigin } from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function, FunctionUrlAuthType, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FunctionOriginConfig } from "../config/behavior-config.ts";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import { roleAndLogs } from "./role-and-logs.ts";

/** What a function behind the distribution is made of. */
export interface FunctionOriginProps extends FunctionOriginConfig {
  /** Absolute: its folder is relative to it. */
  readonly configFolder: string;
  /** The name of the managed policy that bounds its role. */
  readonly permissionsBoundary?: string | undefined;
}

/** A Lambda function with a URL that one distribution alone may call, as the origin of a cache behavior. */
export class FunctionOrigin extends Construct {
  readonly origin: IOrigin;
  readonly #function: Function;

  constructor(scope: Construct, id: string, props: FunctionOriginProps) {
    super(scope, id);
    const { handler = "index.handler", memoryMb = 256, timeoutSeconds = 10 } = props;
    const { environment = {}, permissionsBoundary } = props;
    this.#function = new Function(this, "Function", {
      code: Code.fromAsset(resolve(props.configFolder, props.functionFolder)),
      handler,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      environment: { ...environment },
      ...roleAndLogs(this, { services: ["lambda.amazonaws.com"], permissionsBoundary }),
    });
    const url = this.#function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    this.origin = FunctionUrlOrigin.withOriginAccessControl(url);
    acknowledgeRules(this, {
      "AwsSolutions::AwsSolutions-L1": "It runs on the runtime that the edge functions run on.",
    });
  }

  /** Lets the distribution call the function: since November 2026 the right to its URL is not enough (CF-P-02). */
  grantTo(distribution: Distribution): void {
    this.#function.addPermission("InvokedByDistribution", {
      principal: new ServicePrincipal("cloudfront.amazonaws.com"),
      action: "lambda:InvokeFunction",
      sourceArn: distribution.distributionArn,
    });
  }
}
