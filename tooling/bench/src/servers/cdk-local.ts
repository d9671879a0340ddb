import { join } from "node:path";
import { benchFolder } from "./bench-folder.ts";
import { installedFromNpm } from "./installed-from-npm.ts";
import { page, sevenHeaders } from "./page.ts";
import { startServerIn, type ServerProcess } from "./server-process.ts";

const cdkLocalVersion = "0.147.22";

/** It runs Lambda@Edge in Docker only: here it gets CloudFront Functions that do the same. */
const requestCode = `function handler(event) {
  var request = event.request;
  if (!/\\.[a-z]+$/.test(request.uri)) request.uri = "/index.html";
  return request;
}`;
const eventHeaders = Object.fromEntries(
  Object.entries(sevenHeaders).map(([key, value]) => [key.toLowerCase(), { value }]),
);
const responseCode = `var headers = ${JSON.stringify(eventHeaders)};
function handler(event) {
  var response = event.response;
  Object.assign(response.headers, headers);
  return response;
}`;

const cloudFrontFunction = (code: string): object => ({
  Type: "AWS::CloudFront::Function",
  Properties: {
    Name: "bench",
    AutoPublish: true,
    FunctionCode: code,
    FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
  },
});
const association = (eventType: string, logicalId: string): object => ({
  EventType: eventType,
  FunctionARN: { "Fn::GetAtt": [logicalId, "FunctionARN"] },
});
const distributionConfig = {
  Enabled: true,
  DefaultRootObject: "index.html",
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
    CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    FunctionAssociations: [
      association("viewer-request", "Request"),
      association("viewer-response", "Response"),
    ],
  },
};
const template = {
  Resources: {
    Bucket: { Type: "AWS::S3::Bucket" },
    Request: cloudFrontFunction(requestCode),
    Response: cloudFrontFunction(responseCode),
    Distribution: {
      Type: "AWS::CloudFront::Distribution",
      Properties: { DistributionConfig: distributionConfig },
    },
  },
};
const manifest = {
  version: "48.0.0",
  artifacts: {
    bench: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/us-east-1",
      properties: { templateFile: "bench.template.json" },
      displayName: "bench",
    },
  },
};

/** Starts cdk-local on a cloud assembly that is ready, with the two viewer functions. */
export async function startCdkLocal(): Promise<ServerProcess> {
  const installed = installedFromNpm("cdk-local", cdkLocalVersion);
  const folder = benchFolder({
    "cdk.out/manifest.json": JSON.stringify(manifest),
    "cdk.out/bench.template.json": JSON.stringify(template),
    "site/index.html": page,
  });
  return startServerIn(folder, {
    program: (port) => [
      join(installed, "node_modules/cdk-local/dist/cli.js"),
      "start-cloudfront",
      "bench:Distribution",
      `--app=${join(folder.path, "cdk.out")}`,
      `--port=${port}`,
      `--origin=site=${join(folder.path, "site")}`,
    ],
    path: "/notes/1",
    cwd: folder.path,
  });
}
