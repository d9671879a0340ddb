import { expect, it } from "vitest";
import * as spaRewrite from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(spaRewrite).toSorted()).toEqual([
    "SpaRewriteOptionsError",
    "checkSpaRewrite",
    "compileSpaRewrite",
    "createSpaRewrite",
    "decideSpaRewrite",
    "exampleRequests",
    "explainSpaRewrite",
    "parseRoutesFile",
    "routePattern",
  ]);
});
