import { expect, it } from "vitest";
import { cloudFrontQuotas } from "./cloudfront-quotas.ts";
import { lambdaEdgeQuotas } from "./quotas.ts";

it("LE-D-09, LE-E-05: a generated response may have 40 KB at viewer events and 1 MB at origin events", () => {
  expect(lambdaEdgeQuotas.generatedResponseBytes).toEqual({ viewer: 40_960, origin: 1_048_576 });
});

it("CloudFront's quotas hold those of Lambda@Edge", () => {
  expect(cloudFrontQuotas).toMatchObject(lambdaEdgeQuotas);
});
