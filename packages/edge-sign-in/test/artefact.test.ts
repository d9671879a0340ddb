import type { ViewerRequestHandler } from "cf-types";
import { loadArtefact, startFunction, testArtefact } from "edge-function-testing";
import { compileEdgeSignIn } from "edge-sign-in";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  clientId,
  clientSecret,
  signInAt,
  TestProvider,
} from "edge-function-testing/openid-provider";

const packageFolder = `${import.meta.dirname}/..`;
const optionsFor = (issuer: string) =>
  compileEdgeSignIn({
    issuer,
    clientId,
    clientSecret: { text: clientSecret },
    sessionKeys: { text: "0123456789abcdef0123456789abcdef" },
  });
const artefact = await loadArtefact<ViewerRequestHandler>(
  packageFolder,
  optionsFor("https://login.example.com/"),
);

describe("the Lambda@Edge function of edge-sign-in", () => {
  testArtefact(artefact, {
    eventType: "viewer-request",
    requires: ["fs", "node:crypto"],
    optionsCode: /OptionsError/,
  });

  it("signs in on a local CloudFront, by a real provider", async () => {
    const provider = await TestProvider.start();
    onTestFinished(() => provider.close());
    const compiledOptions = optionsFor(provider.issuer);
    const engine = "lambda-edge";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    const { host } = new URL(cloudfront.url);
    provider.register({ redirectUri: `http://${host}/_sign-in/callback` });
    const page = { accept: "text/html" };
    const begun = await cloudfront.fetch("/", { redirect: "manual", headers: page });
    const [pending = ""] = begun.headers.getSetCookie();
    expect(pending).toMatch(
      /^__Host-edge-sign-in-[\w-]{12}=[\w.-]+; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$/,
    );
    const callback = new URL(await signInAt(begun.headers.get("location") ?? "", "ada"));
    const back = await cloudfront.fetch(`${callback.pathname}${callback.search}`, {
      redirect: "manual",
      headers: { ...page, cookie: pending.split(";", 1)[0] ?? "" },
    });
    expect([back.status, back.headers.get("location")]).toEqual([302, "/"]);
    const [session = ""] = back.headers.getSetCookie();
    const headers = { ...page, cookie: session.split(";", 1)[0] ?? "" };
    expect(await (await cloudfront.fetch("/", { headers })).text()).toBe("<!doctype html>");
  });
});
