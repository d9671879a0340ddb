import { Match } from "aws-cdk-lib/assertions";
import { compileEdgeAuth } from "edge-auth";
import { compileEdgeSignIn } from "edge-sign-in";
import { LocalCloudFront } from "local-cloudfront";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { edgeConfig } from "./notes/edge.config.ts";
import { synthesized } from "./synthesized.ts";

const password = "correct horse battery";
const basic = { users: { ada: password } };
const auth = (options: Parameters<typeof compileEdgeAuth>[0]) => ({
  package: "edge-auth",
  config: compileEdgeAuth(options),
});
const preview = auth({ publicPaths: ["/assets/*"], rules: [{ basic }] });
const [rewrite, headers, redirect] = edgeConfig.functions;
if (!rewrite || !headers || !redirect) throw new Error("The notes have three functions.");

async function served(changes: Partial<ResolvedEdgeConfig>): Promise<LocalCloudFront> {
  const site = synthesized(changes);
  onTestFinished(() => site[Symbol.dispose]());
  const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

describe("a site that asks for a password", () => {
  it.each([
    ["lambda-edge", [preview, rewrite, headers, redirect]],
    ["cloudfront-function", [preview, rewrite, headers]],
  ] as const)("on %s, together with its routes and headers", async (engine, functions) => {
    const cloudfront = await served({ engine, functions });
    const authorization = `Basic ${Buffer.from(`ada:${password}`).toString("base64")}`;
    const statuses = async (init: { headers?: Record<string, string> }) =>
      Promise.all(
        ["/", "/notes/1", "/%6eotes/1", "/notes/abc", "/index.html"].map(
          async (path) => (await cloudfront.fetch(path, init)).status,
        ),
      );
    expect(await statuses({})).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses({ headers: { authorization } })).toEqual([200, 200, 200, 404, 200]);
    // What is cached by now is for those alone who may see it.
    expect(await statuses({})).toEqual([401, 401, 401, 401, 401]);
  });
});

describe("the engine of a function whose options need Lambda@Edge", () => {
  const jwksUrl = "https://login.example.com/jwks.json";
  const token = auth({
    rules: [{ pathPatterns: ["/api/*"], token: { issuer: "i", audience: "a", jwksUrl } }],
  });

  it("is Lambda@Edge, and the costs say why", () => {
    using site = synthesized({ engine: undefined, functions: [token] });
    expect(site.costs).toContainEqual(
      expect.stringContaining("it fetches the keys of its tokens' issuer"),
    );
  });

  it("cannot be the other one", () => {
    const functions = [{ ...token, engine: "cloudfront-function" as const }];
    expect(() => synthesized({ functions })).toThrow(
      'functions[0] cannot run "edge-auth" as its engine says: got "cloudfront-function", but it fetches the keys of its tokens\' issuer, and CloudFront Functions have no network. Leave engine out, or choose the other one.',
    );
  });
});

describe("a sign-in", () => {
  const config = compileEdgeSignIn({
    issuer: "https://login.example.com/",
    clientId: "notes",
    clientSecret: { parameter: "/notes/client" },
    sessionKeys: { secretId: "notes/session-keys" },
    publicPaths: ["/assets/*"],
  });

  it("runs on Lambda@Edge before the routes, with a role that may read its secrets", () => {
    const functions = [{ package: "edge-sign-in", config }, rewrite];
    using site = synthesized({ engine: undefined, functions });
    site.template.resourceCountIs("AWS::Lambda::Function", 1);
    const arn = (service: string, rest: string) => ({
      "Fn::Join": [
        "",
        [
          "arn:",
          { Ref: "AWS::Partition" },
          `:${service}:us-east-1:`,
          { Ref: "AWS::AccountId" },
          rest,
        ],
      ],
    });
    site.template.hasResourceProperties("AWS::IAM::Role", {
      Policies: Match.arrayWith([
        Match.objectLike({
          PolicyName: "Own",
          PolicyDocument: {
            Statement: [
              {
                Action: "secretsmanager:GetSecretValue",
                Effect: "Allow",
                Resource: arn("secretsmanager", ":secret:notes/session-keys-??????"),
              },
              {
                Action: "ssm:GetParameter",
                Effect: "Allow",
                Resource: arn("ssm", ":parameter/notes/client"),
              },
            ],
          },
        }),
      ]),
    });
  });
});

it("files that a password is meant for, and that stay open, are refused at synth", () => {
  expect(() => synthesized({ functions: [auth({ rules: [{ basic }] })] })).toThrow(
    /\/assets\/[^ ]+ and \d+ more would be open: cache behavior "\/assets\/\*" does not run edge-auth/,
  );
});
