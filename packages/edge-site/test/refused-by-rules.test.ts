import { describe, expect, it } from "vitest";
import { SiteOfAFunction } from "./site-of-a-function.ts";

const pass = "exports.handler = async (event) => event.Records[0].cf.request;";

describe("synth refuses what CloudFront would refuse", () => {
  it("and takes what it would take", () => {
    using site = new SiteOfAFunction();
    site.install(pass);
    expect(() => site.synthesize()).not.toThrow();
  });

  it("LE-E-02: a viewer-request function with a timeout above 5 s", () => {
    using site = new SiteOfAFunction();
    site.install(pass, { timeoutSeconds: 6 });
    expect(() => site.synthesize()).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: edge.config.ts:2 functions[0] "a-function": SiteAFunction15167E5D.Timeout is too large: got 6, at most 5 is allowed. Stay within it: deployments to viewer events were seen to be refused above. (LE-E-02, at notes/Site/AFunction/Function/Resource, Properties.Timeout)]`,
    );
  });

  it("LE-C-19: a handler that the bundle does not export", () => {
    using site = new SiteOfAFunction();
    site.install("exports.main = async (event) => event.Records[0].cf.request;");
    expect(() => site.synthesize()).toThrow(/the file exports main\. .* \(LE-C-19, at notes\/Site/);
  });

  it("LE-C-04: a configuration that sets a read-only header", () => {
    using site = new SiteOfAFunction();
    site.install(pass);
    const config = { headers: { host: [{ key: "Host", value: "example.com" }] } };
    expect(() => site.synthesize({ functions: [{ package: "a-function", config }] })).toThrow(
      /sets a header that is read-only at viewer-request: got "host"\./,
    );
  });
});
