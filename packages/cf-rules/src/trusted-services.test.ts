import { expect, it } from "vitest";
import { trustedServices } from "./trusted-services.ts";

const allow = (service: unknown, action: unknown = "sts:AssumeRole", effect = "Allow") => ({
  Effect: effect,
  Principal: { Service: service },
  Action: action,
});
const both = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];

it.each<[string, unknown, string[]]>([
  ["both services in one statement", { Statement: [allow(both)] }, both],
  ["one statement for each", { Statement: both.map((one) => allow(one)) }, both],
  ["a single statement", { Statement: allow(both[0]) }, ["lambda.amazonaws.com"]],
  ["several actions", { Statement: allow(both, ["sts:TagSession", "sts:AssumeRole"]) }, both],
  ["another action", { Statement: allow(both, "sts:TagSession") }, []],
  ["a denial", { Statement: allow(both, "sts:AssumeRole", "Deny") }, []],
  ["another principal", { Statement: { ...allow(both), Principal: { AWS: "*" } } }, []],
  ["no policy", undefined, []],
])("LE-F-01: trusted services of %s", (_name, policy, expected) => {
  expect(trustedServices(policy)).toEqual(expected);
});
