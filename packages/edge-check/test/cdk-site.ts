import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack, type AppProps } from "aws-cdk-lib";
import {
  Distribution,
  LambdaEdgeEventType,
  ViewerProtocolPolicy,
  type DistributionProps,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { CompositePrincipal, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Code, Function, Runtime, type FunctionProps, type IVersion } from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** An app whose assembly goes when it is disposed of. */
export interface CdkApp extends Disposable {
  readonly app: App;
  readonly folder: string;
}

/** Returns an empty app that sends nothing anywhere. */
export function cdkApp(props: AppProps = {}): CdkApp {
  const folder = mkdtempSync(join(tmpdir(), "edge-check-cdk-"));
  const app = new App({
    outdir: folder,
    analyticsReporting: false,
    // The CDK's own rules take most of a synth's time.
    builtinCloudFormationValidation: false,
    ...props,
  });
  return { app, folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Returns a stack in us-east-1. */
export function edgeStack(scope: Construct, id = "Site"): Stack {
  return new Stack(scope, id, { env: { region: "us-east-1" } });
}

/** A function with nothing wrong but for what a test changes. */
export class TestFunction extends Construct {
  readonly lambda: Function;

  constructor(scope: Construct, id: string, changes: Partial<FunctionProps> = {}) {
    super(scope, id);
    this.lambda = new Function(this, "Function", {
      code: Code.fromInline("exports.handler = async (event) => event.Records[0].cf.request;"),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      timeout: Duration.seconds(5),
      role: new Role(this, "Role", {
        assumedBy: new CompositePrincipal(
          new ServicePrincipal("lambda.amazonaws.com"),
          new ServicePrincipal("edgelambda.amazonaws.com"),
        ),
      }),
      ...changes,
    });
  }
}

/** A distribution that runs a version on viewer-request. */
export function distributionOf(
  scope: Construct,
  functionVersion: IVersion,
  changes: Partial<DistributionProps> = {},
): Distribution {
  return new Distribution(scope, "Distribution", {
    defaultRootObject: "index.html",
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(new Bucket(scope, "Bucket")),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      edgeLambdas: [{ eventType: LambdaEdgeEventType.VIEWER_REQUEST, functionVersion }],
    },
    ...changes,
  });
}
