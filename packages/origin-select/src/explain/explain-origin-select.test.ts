import { expect, it } from "vitest";
import { compileOriginSelect } from "../compile/compile-origin-select.ts";
import { explainOriginSelect } from "./explain-origin-select.ts";

const lines = (key: string, value: string) => ({ [key]: [{ key, value }] });
const compiled = compileOriginSelect({
  origins: { api: { domainName: "api.example.com" } },
  hosts: { "api.example.com": "api" },
  rules: [
    { pathPattern: "/old/*", prefix: "/v1" },
    { regions: ["eu-*"], origin: "api" },
  ],
  split: { percent: { api: 100 }, pathPattern: "/app/*" },
});

it.each([
  ["/x", "none", "No host and no rule takes the request.", ""],
  [
    "/old/x",
    "rules[0]",
    "The request meets all that rules[0] says, and goes to the cache behavior's origin.",
    "",
  ],
  [
    { uri: "/x", region: "eu-west-1" },
    "rules[1]",
    'The request meets all that rules[1] says, and goes to "api".',
    "api",
  ],
  [
    { uri: "/x", headers: lines("host", "api.example.com") },
    "hosts",
    'The host is one of hosts, and has "api".',
    "api",
  ],
  [
    "/app/x",
    "split",
    'The viewer is of the part that has "api", or keeps it in the cookie origin.',
    "api",
  ],
  [
    { uri: "/x", eventType: "origin-request", headers: lines("x-origin", "api") },
    "header",
    'The header x-origin names "api": viewer-request has decided.',
    "api",
  ],
] as const)("of %j names the option and the reason", (request, rule, reason, origin) => {
  expect(explainOriginSelect(compiled, request)).toMatchObject({
    rule,
    reason,
    result: { origin },
  });
});
