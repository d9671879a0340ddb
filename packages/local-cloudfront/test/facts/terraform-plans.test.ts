import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  accessControl,
  distribution,
  edgeFunction,
  role,
  siteResources,
} from "../samples/terraform-site.ts";
import { LocalCloudFront, type LocalCloudFrontOptions } from "../../src/index.ts";
import {
  afterApply,
  terraformPlan,
  type TestModule,
  type TestValues,
} from "../support/terraform-plan.ts";

const rewrite = `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  request.uri = "/a.html";
  return request;
};`;

async function start(
  plan: TestModule | Record<string, unknown>,
  files: Readonly<Record<string, string>> = {},
  options: Partial<LocalCloudFrontOptions> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const content = "resources" in plan ? terraformPlan(plan as TestModule) : plan;
  const all = {
    "site/index.html": "index",
    "site/a.html": "a",
    "plan.json": JSON.stringify(content),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const cloudfront = await LocalCloudFront.start({
    assembly: join(folder, "plan.json"),
    port: 0,
    origins: { site: join(folder, "site") },
    ...options,
  });
  onTestFinished(() => cloudfront.close());
  const get = async (path: string) => {
    const response = await cloudfront.fetch(path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { cloudfront, get, folder };
}

describe("a plan of Terraform", () => {
  it("is served: a private bucket, found by what refers to it, with its default root object", async () => {
    const { get, cloudfront } = await start({
      resources: { ...siteResources, "aws_cloudfront_distribution.cdn": distribution() },
    });
    expect((await get("/")).text).toBe("index");
    expect((await get("/missing")).status).toBe(403);
    expect(cloudfront.warnings.map(({ subject }) => subject)).toEqual([
      "aws_s3_bucket_policy.site",
    ]);
  });

  it("runs Lambda@Edge functions from the folder that archive_file zips", async () => {
    const associations = {
      lambda_function_association: [
        {
          event_type: "viewer-request",
          include_body: false,
          lambda_arn: afterApply("aws_lambda_function.rewrite.qualified_arn"),
        },
      ],
    };
    const { get } = await start(
      {
        resources: {
          ...siteResources,
          "aws_cloudfront_distribution.cdn": distribution({}, associations),
          "aws_lambda_function.rewrite": edgeFunction,
          "aws_iam_role.edge": role,
          "data.archive_file.rewrite": {
            type: "zip",
            source_dir: "./src/rewrite",
            output_path: "build/rewrite.zip",
          },
        },
      },
      { "src/rewrite/index.js": rewrite },
    );
    expect((await get("/x")).text).toBe("a");
  });

  it("runs CloudFront Functions, its own cache and response headers policies", async () => {
    const { get, cloudfront } = await start({
      resources: {
        ...siteResources,
        "aws_cloudfront_function.rewrite": {
          name: "rewrite",
          runtime: "cloudfront-js-2.0",
          publish: true,
          code: "function handler(event) { event.request.uri = '/a.html'; return event.request; }",
        },
        "aws_cloudfront_cache_policy.short": {
          name: "short",
          min_ttl: 0,
          default_ttl: 60,
          max_ttl: 120,
          parameters_in_cache_key_and_forwarded_to_origin: [
            {
              enable_accept_encoding_brotli: true,
              enable_accept_encoding_gzip: true,
              cookies_config: [{ cookie_behavior: "none", cookies: [] }],
              headers_config: [{ header_behavior: "none", headers: [] }],
              query_strings_config: [
                { query_string_behavior: "whitelist", query_strings: [{ items: ["v"] }] },
              ],
            },
          ],
        },
        "aws_cloudfront_response_headers_policy.secure": {
          name: "secure",
          cors_config: [],
          security_headers_config: [{ frame_options: [{ frame_option: "DENY", override: true }] }],
          custom_headers_config: [{ items: [{ header: "x-a", value: "b", override: true }] }],
        },
        "aws_cloudfront_distribution.cdn": distribution(
          {},
          {
            cache_policy_id: afterApply("aws_cloudfront_cache_policy.short.id"),
            response_headers_policy_id: afterApply(
              "aws_cloudfront_response_headers_policy.secure.id",
            ),
            function_association: [
              {
                event_type: "viewer-request",
                function_arn: afterApply("aws_cloudfront_function.rewrite.arn"),
              },
            ],
          },
        ),
      },
    });
    const first = await get("/x?v=1");
    expect([first.text, first.headers.get("x-frame-options"), first.headers.get("x-a")]).toEqual([
      "a",
      "DENY",
      "b",
    ]);
    expect((await get("/y?v=1&w=2")).headers.get("x-cache")).toBe("Hit from cloudfront");
    cloudfront.clock.advance(61);
    expect((await get("/y?v=1")).headers.get("x-cache")).toBe("RefreshHit from cloudfront");
  });

  it("is followed into modules and out of them", async () => {
    const { get } = await start(
      {
        resources: {},
        modules: {
          edge: {
            resources: { "aws_lambda_function.this[0]": edgeFunction, "aws_iam_role.edge": role },
            outputs: { qualified_arn: afterApply("aws_lambda_function.this[0].qualified_arn") },
          },
          site: {
            variables: { lambda: afterApply("module.edge.qualified_arn") },
            resources: {
              ...siteResources,
              "aws_cloudfront_distribution.cdn": distribution(
                {},
                {
                  lambda_function_association: [
                    { event_type: "origin-request", lambda_arn: afterApply("var.lambda") },
                  ],
                },
              ),
            },
          },
        },
      },
      {},
      { functions: { "module.edge.aws_lambda_function.this[0]": codeFolder(rewrite) } },
    );
    expect((await get("/x")).text).toBe("a");
  });

  it("matches the blocks of sets by what is known of them, not by their order", async () => {
    const s3 = distribution()["origin"] as readonly TestValues[];
    const plan = terraformPlan({
      resources: {
        ...siteResources,
        "aws_lambda_function.api": { ...edgeFunction, function_name: "api", publish: false },
        "aws_lambda_function_url.api": {
          authorization_type: "NONE",
          function_name: "api",
          invoke_mode: "BUFFERED",
        },
        "aws_lambda_permission.url": {
          action: "lambda:InvokeFunctionUrl",
          function_name: "api",
          principal: "*",
          function_url_auth_type: "NONE",
        },
        "aws_lambda_permission.invoke": {
          action: "lambda:InvokeFunction",
          function_name: "api",
          principal: "*",
        },
        "aws_cloudfront_distribution.cdn": distribution({
          origin: [
            ...s3,
            {
              origin_id: "api",
              domain_name: afterApply("aws_lambda_function_url.api.function_url"),
              custom_origin_config: [
                {
                  origin_protocol_policy: "https-only",
                  http_port: 80,
                  https_port: 443,
                  origin_ssl_protocols: ["TLSv1.2"],
                },
              ],
            },
          ],
          ordered_cache_behavior: [
            {
              path_pattern: "/api/*",
              target_origin_id: "api",
              viewer_protocol_policy: "allow-all",
              allowed_methods: ["GET", "HEAD"],
              cached_methods: ["GET", "HEAD"],
              cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            },
          ],
        }),
      },
    });
    const [resource] = configurationOf(plan, "aws_cloudfront_distribution");
    resource?.expressions.origin?.reverse();
    const { get } = await start(
      plan,
      {},
      {
        functions: {
          "aws_lambda_function.api": codeFolder(
            "exports.handler = async (event) => event.rawPath;",
          ),
        },
      },
    );
    expect((await get("/api/x")).text).toBe("/api/x");
    expect((await get("/")).text).toBe("index");
  });

  it("of what is deployed already names the same resources", async () => {
    const arn = "arn:aws:lambda:us-east-1:111122223333:function:rewrite";
    const { get } = await start(
      {
        resources: {
          "aws_s3_bucket.site": { bucket: "my-site", id: "my-site", arn: "arn:aws:s3:::my-site" },
          "aws_s3_bucket_policy.site": {
            bucket: "my-site",
            policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Action: "s3:GetObject",
                  Principal: { Service: "cloudfront.amazonaws.com" },
                  Resource: "arn:aws:s3:::my-site/*",
                  Condition: {
                    StringEquals: {
                      "AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1",
                    },
                  },
                },
              ],
            }),
          },
          "aws_cloudfront_origin_access_control.site": { ...accessControl, id: "E2OAC" },
          "aws_lambda_function.rewrite": { ...edgeFunction, arn, qualified_arn: `${arn}:7` },
          "aws_iam_role.edge": role,
          "aws_cloudfront_distribution.cdn": distribution(
            {
              arn: "arn:aws:cloudfront::111122223333:distribution/E1",
              origin: [
                {
                  origin_id: "site",
                  domain_name: "my-site.s3.us-east-1.amazonaws.com",
                  origin_access_control_id: "E2OAC",
                },
              ],
            },
            {
              lambda_function_association: [
                { event_type: "viewer-request", lambda_arn: `${arn}:7` },
              ],
            },
          ),
        },
      },
      {},
      { functions: { "aws_lambda_function.rewrite": codeFolder(rewrite) } },
    );
    expect((await get("/x")).text).toBe("a");
  });

  it("whose function's zip is not there says how to plan again, in Terraform's words", async () => {
    const association = {
      lambda_function_association: [
        {
          event_type: "viewer-request",
          lambda_arn: afterApply("aws_lambda_function.rewrite.qualified_arn"),
        },
      ],
    };
    const resources = {
      ...siteResources,
      "aws_cloudfront_distribution.cdn": distribution({}, association),
      "aws_lambda_function.rewrite": edgeFunction,
      "aws_iam_role.edge": role,
    };
    await expect(start({ resources })).rejects.toThrow(
      /aws_lambda_function\.rewrite\.Code names ".*rewrite\.zip", which does not exist.*terraform show -json plan\.bin.*--function aws_lambda_function\.rewrite=FOLDER/,
    );
  });

  it("is refused for what protects the site and is not done here, by whatever name", async () => {
    const mtls = { viewer_mtls_config: [{ mode: "required" }], is_ipv6_enabled: true };
    const resources = { ...siteResources, "aws_cloudfront_distribution.cdn": distribution(mtls) };
    await expect(start({ resources })).rejects.toThrow(
      /ViewerMtlsConfig requires client certificates/,
    );
  });

  it("asks for a function that only a local value names", async () => {
    const association = {
      lambda_function_association: [
        { event_type: "viewer-request", lambda_arn: afterApply("local.arn") },
      ],
    };
    const resources = {
      ...siteResources,
      "aws_cloudfront_distribution.cdn": distribution({}, association),
    };
    await expect(start({ resources })).rejects.toThrow(
      /Pass --function "aws_cloudfront_distribution\.cdn\..*=FOLDER"/,
    );
  });
});

function codeFolder(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-code-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "index.js"), source);
  return folder;
}

function configurationOf(plan: Record<string, unknown>, type: string) {
  const { configuration } = plan as {
    configuration: {
      root_module: {
        resources: { type: string; expressions: { origin?: unknown[] } }[];
      };
    };
  };
  return configuration.root_module.resources.filter((each) => each.type === type);
}
