import { expect, it } from "vitest";
import * as securityHeaders from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(securityHeaders).toSorted()).toEqual([
    "SecurityHeadersOptionsError",
    "compileSecurityHeaders",
    "createSecurityHeaders",
  ]);
});
