import {
  loadCloudFrontFunction,
  startFunction,
  testCloudFrontFunction,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileEdgeAuth } from "edge-auth";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileEdgeAuth({
  rules: [{ basic: { users: { ada: "correct horse battery" } } }],
});
const artefact = await loadCloudFrontFunction(packageFolder, compiledOptions);

describe("the CloudFront Function of edge-auth", () => {
  testCloudFrontFunction(artefact, { eventType: "viewer-request", optionsCode: /OptionsError/ });

  it("asks for a password on a local CloudFront, and lets who has it pass", async () => {
    const engine = "cloudfront-function";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    const refused = await cloudfront.fetch("/");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe('Basic realm="Preview", charset="UTF-8"');
    const credentials = Buffer.from("ada:correct horse battery").toString("base64");
    const headers = { authorization: `Basic ${credentials}` };
    expect(await (await cloudfront.fetch("/", { headers })).text()).toBe("<!doctype html>");
  });
});
