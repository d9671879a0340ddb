import { Duration, Size, type Stack } from "aws-cdk-lib";
import {
  AllowedMethods,
  CacheCookieBehavior,
  CachePolicy,
  CfnDistribution,
  experimental,
  Function as CloudFrontFunction,
  FunctionCode,
  FunctionEventType,
  HttpVersion,
  LambdaEdgeEventType,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  type BehaviorOptions,
  type DistributionProps,
  type EdgeLambda,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  DockerImageCode,
  DockerImageFunction,
  type Function,
  LayerVersion,
  Runtime,
  Tracing,
  Version,
  type FunctionProps,
  type IVersion,
} from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { distributionOf, TestFunction } from "./cdk-site.ts";

/** One deliberate mistake in a CDK app. */
export interface CdkMistake {
  /** The rule that finds it; `cdk` where the CDK refuses it itself. */
  readonly stoppedBy: string;
  readonly make: (stack: Stack) => void;
}

/** A distribution on whose viewer-request a function runs, with something changed about it. */
function withFunction(changes: (stack: Stack) => Partial<FunctionProps>): CdkMistake["make"] {
  return (stack) => {
    distributionOf(stack, new TestFunction(stack, "Rewrite", changes(stack)).lambda.currentVersion);
  };
}

/** A distribution with something changed about its default cache behavior. */
function withBehavior(
  changes: (stack: Stack, version: IVersion) => Partial<BehaviorOptions>,
  props: Partial<DistributionProps> = {},
): CdkMistake["make"] {
  return (stack) => {
    const version = new TestFunction(stack, "Rewrite").lambda.currentVersion;
    distributionOf(stack, version, {
      ...props,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Site")),
        edgeLambdas: [on(LambdaEdgeEventType.VIEWER_REQUEST, version)],
        ...changes(stack, version),
      },
    });
  };
}

function on(eventType: LambdaEdgeEventType, functionVersion: IVersion): EdgeLambda {
  return { eventType, functionVersion };
}

function inline(code: string): Partial<FunctionProps> {
  return { code: Code.fromInline(code) };
}

/** Mistakes as people make them, in the words of the CDK. */
export const cdkMistakes: Readonly<Record<string, CdkMistake>> = {
  arm64: {
    stoppedBy: "LE-E-08",
    make: withFunction(() => ({ architecture: Architecture.ARM_64 })),
  },
  "environment variables": {
    stoppedBy: "cdk",
    make: withFunction(() => ({ environment: { STAGE: "prod" } })),
  },
  "a layer": {
    stoppedBy: "LE-E-08",
    make: withFunction((stack) => ({
      layers: [
        LayerVersion.fromLayerVersionArn(stack, "L", "arn:aws:lambda:us-east-1:1:layer:a:1"),
      ],
    })),
  },
  "a VPC": {
    stoppedBy: "LE-E-08",
    make: withFunction((stack) => ({ vpc: new Vpc(stack, "Vpc") })),
  },
  "a dead-letter queue": {
    stoppedBy: "LE-E-08",
    make: withFunction((stack) => ({ deadLetterQueue: new Queue(stack, "Dead") })),
  },
  "X-Ray": { stoppedBy: "LE-E-08", make: withFunction(() => ({ tracing: Tracing.ACTIVE })) },
  "ephemeral storage of 1 GB": {
    stoppedBy: "LE-E-08",
    make: withFunction(() => ({ ephemeralStorageSize: Size.gibibytes(1) })),
  },
  "reserved concurrency": {
    stoppedBy: "LE-E-09",
    make: withFunction(() => ({ reservedConcurrentExecutions: 10 })),
  },
  "provisioned concurrency": {
    stoppedBy: "LE-E-08",
    make(stack) {
      const { lambda } = new TestFunction(stack, "Rewrite");
      const version = new Version(stack, "V", { lambda, provisionedConcurrentExecutions: 1 });
      distributionOf(stack, version);
    },
  },
  "a timeout of 10 s on a viewer event": {
    stoppedBy: "LE-E-02",
    make: withFunction(() => ({ timeout: Duration.seconds(10) })),
  },
  "memory of 1 GB on a viewer event": {
    stoppedBy: "LE-E-02",
    make: withFunction(() => ({ memorySize: 1024 })),
  },
  "a timeout of a minute on an origin event": {
    stoppedBy: "LE-E-04",
    make: withBehavior((stack) => {
      const { lambda } = new TestFunction(stack, "Slow", { timeout: Duration.minutes(1) });
      return { edgeLambdas: [on(LambdaEdgeEventType.ORIGIN_REQUEST, lambda.currentVersion)] };
    }),
  },
  "a deprecated runtime": {
    stoppedBy: "LE-E-15",
    make: withFunction(() => ({ runtime: Runtime.NODEJS_18_X })),
  },
  "a runtime that is not at the edge": {
    stoppedBy: "LE-E-13",
    make: withFunction(() => ({
      code: Code.fromAsset(import.meta.dirname, { exclude: ["*"] }),
      runtime: Runtime.JAVA_21,
    })),
  },
  "a container image": {
    stoppedBy: "LE-E-08",
    make(stack) {
      const code = DockerImageCode.fromImageAsset(import.meta.dirname, { file: "cdk-site.ts" });
      const lambda = new DockerImageFunction(stack, "Rewrite", { code });
      distributionOf(stack, lambda.currentVersion);
    },
  },
  $LATEST: {
    stoppedBy: "cdk",
    make(stack) {
      distributionOf(stack, new TestFunction(stack, "Rewrite").lambda.latestVersion);
    },
  },
  "$LATEST, written as text": {
    stoppedBy: "LE-E-12",
    make: withVersionArn((lambda) => `${lambda.functionArn}:$LATEST`),
  },
  "a function of another region": {
    stoppedBy: "LE-E-11",
    make: withVersionArn(() => "arn:aws:lambda:eu-west-1:111122223333:function:rewrite:1"),
  },
  "a role that Lambda@Edge cannot assume": {
    stoppedBy: "LE-F-09",
    make(stack) {
      const role = new Role(stack, "R", {
        assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      });
      const lambda = new TestFunction(stack, "Rewrite", { role: role.withoutPolicyUpdates() });
      distributionOf(stack, lambda.lambda.currentVersion);
    },
  },
  "an imported role": {
    stoppedBy: "LE-F-01",
    make: withFunction((stack) => ({
      role: Role.fromRoleArn(stack, "R", "arn:aws:iam::111122223333:role/edge"),
    })),
  },
  "two functions on one event": {
    stoppedBy: "LE-A-29",
    make: withBehavior((stack, version) => ({
      edgeLambdas: [version, new TestFunction(stack, "Other").lambda.currentVersion].map((each) =>
        on(LambdaEdgeEventType.VIEWER_REQUEST, each),
      ),
    })),
  },
  "a CloudFront Function beside Lambda@Edge on viewer events": {
    stoppedBy: "LE-A-30",
    make: withBehavior((stack, version) => ({
      edgeLambdas: [on(LambdaEdgeEventType.VIEWER_RESPONSE, version)],
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new CloudFrontFunction(stack, "Edge", {
            code: FunctionCode.fromInline("function handler(event) { return event.request; }"),
          }),
        },
      ],
    })),
  },
  "a CloudFront Function with const and no runtime": {
    stoppedBy: "FN-I-47",
    make: (stack) => {
      // As the command `cdk` does.
      stack.node.setContext("aws:cdk:enable-path-metadata", true);
      const code = "function handler(event) { const a = 1; return event.request; }";
      new CloudFrontFunction(stack, "Edge", { code: FunctionCode.fromInline(code) });
    },
  },
  "gRPC with Lambda@Edge": {
    stoppedBy: "cdk",
    make: withBehavior(() => ({ enableGrpc: true, allowedMethods: AllowedMethods.ALLOW_ALL }), {
      httpVersion: HttpVersion.HTTP2,
    }),
  },
  "includeBody on a response event": {
    stoppedBy: "cdk",
    make: withBehavior((_stack, functionVersion) => ({
      edgeLambdas: [
        { eventType: LambdaEdgeEventType.ORIGIN_RESPONSE, functionVersion, includeBody: true },
      ],
    })),
  },
  "a default root object with a slash": {
    stoppedBy: "LE-A-40",
    make: withBehavior(() => ({}), { defaultRootObject: "/index.html" }),
  },
  "AllViewer on an S3 origin": {
    stoppedBy: "CF-H-14",
    make: withBehavior(() => ({ originRequestPolicy: OriginRequestPolicy.ALL_VIEWER })),
  },
  "a response headers policy with a header that CloudFront sets": {
    stoppedBy: "LE-C-07",
    make: withBehavior((stack) => ({
      responseHeadersPolicy: new ResponseHeadersPolicy(stack, "Headers", {
        customHeadersBehavior: {
          customHeaders: [{ header: "Content-Length", value: "0", override: true }],
        },
      }),
    })),
  },
  "a minimum TTL on what differs by cookies": {
    stoppedBy: "CF-G-11",
    make: withBehavior((stack) => ({ cachePolicy: cookiePolicy(stack) })),
  },
  "a handler that is not exported": {
    stoppedBy: "LE-C-19",
    make: withFunction(() => ({ handler: "index.main" })),
  },
  "a callback on nodejs24.x": {
    stoppedBy: "LE-C-19",
    make: withFunction(() => inline("exports.handler = (event, context, callback) => callback();")),
  },
  "a read-only header in the code": {
    stoppedBy: "LE-C-04",
    make: withFunction(() =>
      inline(
        "exports.handler = async ({ Records: [{ cf: { request } }] }) => { request.headers.host = []; return request; };",
      ),
    ),
  },
  "a mistake in a function of the CDK's own EdgeFunction": {
    stoppedBy: "LE-E-02",
    make(stack) {
      const lambda = new experimental.EdgeFunction(stack, "Rewrite", {
        code: Code.fromInline("exports.handler = async (event) => event.Records[0].cf.request;"),
        handler: "index.handler",
        runtime: Runtime.NODEJS_24_X,
        timeout: Duration.seconds(30),
      });
      distributionOf(stack, lambda.currentVersion);
    },
  },
};

/** The ARN of the association is overridden, as an escape hatch does it. */
function withVersionArn(arnOf: (lambda: Function) => string): CdkMistake["make"] {
  return (stack) => {
    const { lambda } = new TestFunction(stack, "Rewrite");
    const distribution = distributionOf(stack, lambda.currentVersion).node.defaultChild;
    if (!(distribution instanceof CfnDistribution)) throw new Error("No CfnDistribution.");
    distribution.addPropertyOverride(
      "DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.0.LambdaFunctionARN",
      arnOf(lambda),
    );
  };
}

function cookiePolicy(stack: Stack): CachePolicy {
  return new CachePolicy(stack, "Cache", {
    minTtl: Duration.seconds(1),
    cookieBehavior: CacheCookieBehavior.all(),
  });
}
