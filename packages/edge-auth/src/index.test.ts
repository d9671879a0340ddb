import { expect, it } from "vitest";
import * as edgeAuth from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(edgeAuth).toSorted()).toEqual([
    "EdgeAuthOptionsError",
    "compileEdgeAuth",
    "createEdgeAuth",
    "explainEdgeAuth",
  ]);
});
