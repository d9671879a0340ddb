import { expect, it } from "vitest";
import * as secretRedirect from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(secretRedirect).toSorted()).toEqual([
    "SecretRedirectOptionsError",
    "analyzeRedirects",
    "checkSecretRedirect",
    "compileSecretRedirect",
    "createSecretRedirect",
    "decideSecretRedirect",
    "exampleRequests",
    "explainSecretRedirect",
    "importRedirects",
    "normalisePath",
    "readRedirectFile",
    "redirectRulesFrom",
  ]);
});
