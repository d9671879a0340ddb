import { expect, it } from "vitest";
import { lambdaEdgeQuotas } from "./quotas.ts";

it("LE-D-09, LE-E-05: a generated response may have 40 KB at viewer events and 1 MB at origin events", () => {
  expect(lambdaEdgeQuotas.generatedResponseBytes).toEqual({ viewer: 40_960, origin: 1_048_576 });
});
