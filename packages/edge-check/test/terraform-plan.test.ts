import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { formatFindings } from "../src/format-findings.ts";
import { unreadParts } from "../src/unread-parts.ts";

const references = (reference: string) => ({
  references: [reference, reference.replace(/\.[^.]+$/, "")],
});

/** A plan with a function whose role Lambda@Edge cannot assume. */
function planWith(lambda: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const resources = [
    {
      address: "aws_lambda_function.edge",
      type: "aws_lambda_function",
      name: "edge",
      values: {
        function_name: "edge",
        handler: "index.handler",
        runtime: "nodejs24.x",
        memory_size: 128,
        timeout: 5,
        publish: true,
        filename: "edge.zip",
        ...lambda,
      },
    },
    {
      address: "aws_s3_bucket.site",
      type: "aws_s3_bucket",
      name: "site",
      values: { bucket: "site" },
    },
    {
      address: "aws_cloudfront_distribution.cdn",
      type: "aws_cloudfront_distribution",
      name: "cdn",
      values: {
        enabled: true,
        origin: [{ origin_id: "site", domain_name: "site.s3.us-east-1.amazonaws.com" }],
        default_cache_behavior: [
          {
            target_origin_id: "site",
            viewer_protocol_policy: "redirect-to-https",
            cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
            lambda_function_association: [{ event_type: "viewer-request", include_body: false }],
          },
        ],
      },
    },
  ].map((resource) => ({ mode: "managed", ...resource }));
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: [
      {
        address: "aws_cloudfront_distribution.cdn",
        change: {
          after_unknown: {
            default_cache_behavior: [{ lambda_function_association: [{ lambda_arn: true }] }],
          },
        },
      },
    ],
    configuration: {
      provider_config: { aws: { expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: {
        resources: resources.map(({ address, mode, type, name }) => ({
          address,
          mode,
          type,
          name,
          provider_config_key: "aws",
          expressions:
            name === "cdn"
              ? {
                  default_cache_behavior: [
                    {
                      lambda_function_association: [
                        {
                          event_type: { constant_value: "viewer-request" },
                          lambda_arn: references("aws_lambda_function.edge.qualified_arn"),
                        },
                      ],
                    },
                  ],
                }
              : {},
        })),
      },
    },
  };
}

function written(plan: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), "edge-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan, undefined, 2));
  return file;
}

it("finds in a plan of Terraform what it finds in templates, and names resources by their addresses", () => {
  const file = written(
    planWith({ memory_size: 256, environment: [{ variables: { TABLE: "notes" } }] }),
  );
  const found = checkAssembly(file, { today: "2026-11-30" });
  expect(found.map(({ ruleId, place }) => `${ruleId} ${place.logicalId}`)).toEqual([
    "LE-E-11 aws_lambda_function.edge",
    "LE-E-08 aws_lambda_function.edge",
    "LE-E-02 aws_lambda_function.edge",
  ]);
  expect(formatFindings(found)).toContain("aws_lambda_function.edge");
});

it("says what of a plan it has not read", () => {
  const file = written(planWith({}));
  expect(unreadParts(file).map(({ subject }) => subject)).toEqual([
    "Resources.aws_lambda_function.edge.Properties.Code",
  ]);
});
