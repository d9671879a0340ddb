import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { LocalCloudFront, type LocalCloudFrontOptions, traceOf } from "../../src/index.ts";
import { type OnEnd, shareStarted } from "./share-started.ts";

/** An app of a test: resources beside a distribution whose only origin is at an endpoint of them. */
export interface TestApp {
  readonly resources: Readonly<Record<string, unknown>>;
  /** Of the origin: an intrinsic function. */
  readonly domainName: unknown;
  /** Over the usual properties of the origin. */
  readonly origin?: Readonly<Record<string, unknown>>;
  /** Over the usual properties of the cache behavior. */
  readonly cacheBehavior?: Readonly<Record<string, unknown>>;
  readonly transform?: string;
  /** Beside the template. */
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Partial<LocalCloudFrontOptions>;
}

/** What a viewer got, and what the function behind the origin was told. */
export interface AppResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  /** Of the function; undefined where none ran. */
  readonly event: Record<string, unknown> | undefined;
  readonly console: readonly string[];
  /** Why the origin responded so. */
  readonly reason: string | undefined;
}

export const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
export const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** Returns what gets an app that tests share (`shareStarted`). */
export function shareApp(app: TestApp) {
  return shareStarted((onEnd) => startApp(app, onEnd));
}

/** Starts an app; it ends with the test, or when `onEnd` says. */
export async function startApp(app: TestApp, onEnd: OnEnd = onTestFinished) {
  const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(app.files ?? {})) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const template = {
    ...(app.transform && { Transform: app.transform }),
    Resources: { ...app.resources, Distribution: distribution(app) },
  };
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(template));
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, ...app.options });
  onEnd(() => cloudfront.close());
  return {
    cloudfront,
    folder,
    async fetch(path: string, init: RequestInit = {}): Promise<AppResponse> {
      const response = await cloudfront.fetch(path, init);
      const bytes = Buffer.from(await response.arrayBuffer());
      const step = traceOf(response)?.steps.find(({ step }) => step === "origin");
      const origin = step?.step === "origin" ? step : undefined;
      return {
        status: response.status,
        headers: response.headers,
        text: bytes.toString(),
        bytes,
        event: origin?.invocation?.event as Record<string, unknown> | undefined,
        console: origin?.invocation?.consoleLines ?? [],
        reason: origin?.reason ?? origin?.failure,
      };
    },
  };
}

function distribution({ domainName, origin, cacheBehavior }: TestApp) {
  return {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          {
            Id: "app",
            DomainName: domainName,
            CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
            ...origin,
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: "app",
          ViewerProtocolPolicy: "allow-all",
          AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          CachePolicyId: cachingDisabled,
          OriginRequestPolicyId: allViewerExceptHost,
          ...cacheBehavior,
        },
      },
    },
  };
}

/** A function with inline code. */
export function lambdaFunction(source: string, properties: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: "arn:aws:iam::123456789012:role/app",
      Code: { ZipFile: source },
      ...properties,
    },
  };
}

/** A permission to invoke the function `Api`. */
export function permission(
  Principal: string,
  Action = "lambda:InvokeFunction",
  properties: Readonly<Record<string, unknown>> = {},
) {
  return {
    Type: "AWS::Lambda::Permission",
    Properties: { FunctionName: { Ref: "Api" }, Action, Principal, ...properties },
  };
}
