import { expect, it } from "vitest";
import * as edgeSignIn from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(edgeSignIn).toSorted()).toEqual([
    "EdgeSignInOptionsError",
    "compileEdgeSignIn",
    "createEdgeSignIn",
    "explainEdgeSignIn",
  ]);
});
