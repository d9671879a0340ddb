import { expect, it } from "vitest";
import { isPermitted, type LambdaPermission } from "./lambda-permission.ts";

const asked = { action: "lambda:InvokeFunctionUrl", principal: "cloudfront.amazonaws.com" };

it.each<[string, Partial<LambdaPermission>, boolean]>([
  ["the action itself", {}, true],
  ["the action in another case", { action: "Lambda:invokefunctionurl" }, true],
  ["all actions of Lambda", { action: "lambda:*" }, true],
  ["all actions", { action: "*" }, true],
  ["another action", { action: "lambda:InvokeFunction" }, false],
  ["an action that only the deployment knows", { action: undefined }, true],
  ["everybody", { principal: "*" }, true],
  ["another service", { principal: "apigateway.amazonaws.com" }, false],
  ["somebody whom only the deployment knows", { principal: undefined }, true],
])("a permission of %s", (_, granted, expected) => {
  expect(isPermitted(asked, { ...asked, ...granted })).toBe(expected);
});
