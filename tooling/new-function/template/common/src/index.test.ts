import { expect, it } from "vitest";
import * as myFunction from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(myFunction).toSorted()).toEqual([
    "MyFunctionOptionsError",
    "compileMyFunction",
  ]);
});
