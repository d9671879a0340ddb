import { expect, it } from "vitest";
import * as originSelect from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(originSelect).toSorted()).toEqual([
    "OriginSelectOptionsError",
    "checkOriginSelect",
    "compileOriginSelect",
    "createOriginSelect",
    "explainOriginSelect",
  ]);
});
