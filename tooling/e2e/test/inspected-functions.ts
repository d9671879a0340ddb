import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { templateWithFunction } from "edge-function-testing";
import { LocalCloudFront, type LocalCloudFrontOptions } from "local-cloudfront";
import { onTestFinished } from "vitest";

/** What a failing function throws. */
export const thrown = "The session store is gone.";

/** Fails for `/boom`, leaves a read-only header behind for `/refused`, and responds to all else by itself. */
const source = `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  if (request.uri === "/boom") throw new Error(${JSON.stringify(thrown)});
  if (request.uri === "/refused") {
    request.headers["x-edge-mine"] = [{ key: "X-Edge-Mine", value: "1" }];
    return request;
  }
  const isApi = request.uri.startsWith("/api/");
  const type = isApi ? "application/json" : request.uri.endsWith(".js") ? "text/javascript" : "text/html";
  return {
    status: "200",
    headers: { "content-type": [{ key: "Content-Type", value: type }] },
    body: isApi ? JSON.stringify({ ok: true, received: request.body?.data }) : request.uri,
  };
};`;

/** Managed-CachingDisabled */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** Serves a function that fails on demand, with the inspector, until the test ends. */
export function inspectedFunctions(
  options: Partial<LocalCloudFrontOptions> = {},
): Promise<LocalCloudFront> {
  const template = templateWithFunction({
    code: { ZipFile: source },
    eventType: "viewer-request",
    cacheBehavior: {
      ViewerProtocolPolicy: "allow-all",
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      CachePolicyId: cachingDisabled,
    },
  });
  return inspected(template, options);
}

/** Serves a CloudFront Function that responds by itself, with the key value store `store`, likewise. */
export function inspectedCloudFrontFunction(code: string): Promise<LocalCloudFront> {
  const config = {
    Comment: "",
    Runtime: "cloudfront-js-2.0",
    KeyValueStoreAssociations: [{ KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } }],
  };
  const distribution = {
    Enabled: true,
    Origins: [
      {
        Id: "site",
        DomainName: "site.example.com",
        CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
      },
    ],
    DefaultCacheBehavior: {
      TargetOriginId: "site",
      ViewerProtocolPolicy: "allow-all",
      CachePolicyId: cachingDisabled,
      FunctionAssociations: [
        { EventType: "viewer-request", FunctionARN: { "Fn::GetAtt": ["Function", "FunctionARN"] } },
      ],
    },
  };
  return inspected({
    Resources: {
      Store: { Type: "AWS::CloudFront::KeyValueStore", Properties: { Name: "store" } },
      Function: {
        Type: "AWS::CloudFront::Function",
        Properties: {
          Name: "variant",
          AutoPublish: true,
          FunctionCode: code,
          FunctionConfig: config,
        },
      },
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: { DistributionConfig: distribution },
      },
    },
  });
}

async function inspected(
  template: object,
  options: Partial<LocalCloudFrontOptions> = {},
): Promise<LocalCloudFront> {
  const folder = mkdtempSync(join(tmpdir(), "inspected-functions-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(template));
  const cloudfront = await LocalCloudFront.start({
    assembly,
    port: 0,
    inspector: true,
    ...options,
  });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}
