import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { siteMetadataKey } from "./site-metadata.ts";
import { withEdgeFunction } from "../../test/samples/edge-function.ts";
import { type Json, loadTemplate, refusalsOf } from "../../test/samples/template.ts";

const folder = mkdtempSync(join(tmpdir(), "kvs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const keyValueFile = join(folder, "redirects.json");
writeFileSync(keyValueFile, '{"data":[]}');

const code = "function handler(event) { return event.request; }";

function cloudFrontFunction(properties: Json = {}, config: Json = {}): Json {
  return {
    Type: "AWS::CloudFront::Function",
    Properties: {
      Name: "redirect",
      AutoPublish: true,
      FunctionCode: code,
      FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0", ...config },
      ...properties,
    },
  };
}

const store: Json = { Type: "AWS::CloudFront::KeyValueStore", Properties: { Name: "redirects" } };
const withStore = {
  KeyValueStoreAssociations: [{ KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } }],
};

function load(resources: Json, options: Parameters<typeof loadTemplate>[1] = {}) {
  return loadTemplate(
    {
      resources,
      behavior: {
        FunctionAssociations: [
          {
            EventType: "viewer-request",
            FunctionARN: { "Fn::GetAtt": ["Redirect", "FunctionARN"] },
          },
        ],
      },
    },
    options,
  );
}

function resolved(resources: Json, options?: Parameters<typeof loadTemplate>[1]) {
  const { distribution, watchedPaths, warnings } = load(resources, options);
  const [behavior] = distribution.cacheBehaviors;
  const edgeFunction = behavior?.cloudFrontFunctions["viewer-request"]?.edgeFunction;
  return { edgeFunction, watchedPaths, warnings, behavior };
}

describe("a CloudFront Function", () => {
  it("is made of the packages that its metadata names", () => {
    const members = [
      { packageName: "spa-rewrite", version: "0.1.0" },
      { packageName: "security-headers", version: "0.2.0" },
    ];
    const Redirect = { ...cloudFrontFunction(), Metadata: { "cf-edge:function": { members } } };
    expect(resolved({ Redirect }).edgeFunction?.members).toEqual(members);
    expect(resolved({ Redirect: cloudFrontFunction() }).edgeFunction).not.toHaveProperty("members");
  });

  it("is its code, its runtime and its name", () => {
    const { edgeFunction, behavior, warnings } = resolved({ Redirect: cloudFrontFunction() });
    expect(edgeFunction).toEqual({
      kind: "cloudfront-function",
      logicalId: "Redirect",
      name: "redirect",
      arn: "arn:aws:cloudfront::123456789012:function/redirect",
      runtime: "cloudfront-js-2.0",
      code,
      codeFile: undefined,
      keyValueStores: [],
    });
    expect(behavior?.functionAssociations).toEqual({});
    expect(warnings).toEqual([]);
  });

  it("may be written with intrinsics, the id of a key value store in it", () => {
    const { edgeFunction } = resolved({
      Redirect: cloudFrontFunction(
        { FunctionCode: { "Fn::Sub": "const id = '${Store.Id}';" } },
        withStore,
      ),
      Store: store,
    });
    const id = edgeFunction?.keyValueStores[0]?.id ?? "";
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(edgeFunction?.code).toBe(`const id = '${id}';`);
  });

  it("LE-A-30: goes with Lambda@Edge on origin events", () => {
    const { resources } = withEdgeFunction();
    const { distribution } = loadTemplate({
      resources: { ...resources, Redirect: cloudFrontFunction() },
      behavior: {
        LambdaFunctionAssociations: [
          { EventType: "origin-request", LambdaFunctionARN: { Ref: "RewriteVersion" } },
        ],
        FunctionAssociations: [{ EventType: "viewer-response", FunctionARN: { Ref: "Redirect" } }],
      },
    });
    const [behavior] = distribution.cacheBehaviors;
    expect(Object.keys(behavior?.functionAssociations ?? {})).toEqual(["origin-request"]);
    expect(Object.keys(behavior?.cloudFrontFunctions ?? {})).toEqual(["viewer-response"]);
  });

  it("FN-I-28: runs with a warning where nothing publishes it", () => {
    const { edgeFunction, warnings } = resolved({
      Redirect: cloudFrontFunction({ AutoPublish: false }),
    });
    expect(edgeFunction?.code).toBe(code);
    expect(warnings).toMatchObject([{ subject: "Redirect.AutoPublish" }]);
  });

  it("is refused with the place and the remedy", () => {
    expect(
      refusalsOf<Json>(
        {
          "FN-I-15: too much code": {
            Redirect: cloudFrontFunction({ FunctionCode: code.padEnd(10_241) }),
          },
          "no code": { Redirect: cloudFrontFunction({ FunctionCode: undefined }) },
          "an unknown runtime": { Redirect: cloudFrontFunction({}, { Runtime: "nodejs24.x" }) },
          "FN-I-46: a store on the first runtime": {
            Redirect: cloudFrontFunction({}, { ...withStore, Runtime: "cloudfront-js-1.0" }),
            Store: store,
          },
          "FN-I-31: two stores": {
            Redirect: cloudFrontFunction(
              {},
              {
                KeyValueStoreAssociations: [
                  ...withStore.KeyValueStoreAssociations,
                  { KeyValueStoreARN: "other" },
                ],
              },
            ),
            Store: store,
          },
          "a store that nothing defines": {
            Redirect: cloudFrontFunction(
              {},
              {
                KeyValueStoreAssociations: [
                  { KeyValueStoreARN: "arn:aws:cloudfront::123456789012:key-value-store/abc" },
                ],
              },
            ),
          },
          "a store whose import is elsewhere": {
            Redirect: cloudFrontFunction({}, withStore),
            Store: {
              ...store,
              Properties: {
                Name: "redirects",
                ImportSource: { SourceType: "S3", SourceArn: "arn:aws:s3:::elsewhere/a.json" },
              },
            },
          },
        },
        (resources) => load(resources),
      ),
    ).toMatchInlineSnapshot(`
      {
        "FN-I-15: too much code": "Redirect.FunctionCode has 10241 bytes, which CloudFront refuses (FunctionSizeLimitExceeded): got "function handler(event) { return event.request; }                                                                   .... A CloudFront Function has at most 10240 bytes: minify it, or move its data into a key value store. [FN-I-15]",
        "FN-I-31: two stores": "Redirect.FunctionConfig.KeyValueStoreAssociations[1].KeyValueStoreARN is a second key value store: got "other". A CloudFront Function has one: put all keys into it. [FN-I-31]",
        "FN-I-46: a store on the first runtime": "Redirect.FunctionConfig.KeyValueStoreAssociations[0].KeyValueStoreARN needs a newer runtime: got "arn:aws:cloudfront::123456789012:key-value-store/2077eadf-7a48-0460-1e9f-0ae77c38af56". Set FunctionConfig.Runtime to "cloudfront-js-2.0": cloudfront-js-1.0 has no key value stores. [FN-I-46]",
        "a store that nothing defines": "Redirect.FunctionConfig.KeyValueStoreAssociations[0].KeyValueStoreARN names a key value store that the assembly does not hold: got "arn:aws:cloudfront::123456789012:key-value-store/abc". Pass its data with --kvs abc=FILE, or put its AWS::CloudFront::KeyValueStore into the same app or template.",
        "a store whose import is elsewhere": "Store.ImportSource.SourceArn is neither an asset of the assembly nor in a bucket that a folder stands for: got "arn:aws:s3:::elsewhere/a.json". Pass the data with --kvs Store=FILE: objects in S3 are not fetched.",
        "an unknown runtime": "Redirect.FunctionConfig.Runtime must be one of "cloudfront-js-1.0", "cloudfront-js-2.0": got "nodejs24.x".",
        "no code": "Redirect.FunctionCode must be a string: got nothing.",
      }
    `);
  });

  it("known only by its ARN runs the file that was passed for it, which is watched", () => {
    const file = join(folder, "elsewhere.js");
    writeFileSync(file, code);
    const arn = "arn:aws:cloudfront::123456789012:function/elsewhere";
    for (const key of [arn, "elsewhere"]) {
      const { distribution, watchedPaths } = loadTemplate(
        { behavior: { FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: arn }] } },
        { functionCodes: new Map([[key, file]]) },
      );
      const [behavior] = distribution.cacheBehaviors;
      expect(behavior?.cloudFrontFunctions["viewer-request"]?.edgeFunction).toMatchObject({
        name: "elsewhere",
        runtime: "cloudfront-js-2.0",
        code,
      });
      expect(watchedPaths.assembly).toContain(file);
    }
  });

  it("known only by its ARN is refused without one", () => {
    expect(
      refusalsOf<string>(
        { "of another tool": "arn:aws:cloudfront::123456789012:function/elsewhere" },
        (FunctionARN) =>
          loadTemplate({
            behavior: { FunctionAssociations: [{ EventType: "viewer-request", FunctionARN }] },
          }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "of another tool": "Distribution.DistributionConfig.DefaultCacheBehavior.FunctionAssociations[0].FunctionARN is the ARN of no CloudFront Function of the assembly: got "arn:aws:cloudfront::123456789012:function/elsewhere". Pass --function "elsewhere=FILE.js" with its code, or put its AWS::CloudFront::Function into the same app or template.",
      }
    `);
  });
});

describe("a key value store", () => {
  const redirect = { Redirect: cloudFrontFunction({}, withStore) };

  it("begins empty without an import source", () => {
    const { edgeFunction } = resolved({ ...redirect, Store: store });
    expect(edgeFunction?.keyValueStores).toMatchObject([
      { name: "redirects", importFile: undefined },
    ]);
  });

  it.each(["redirects", "Store"])("takes the file passed for %s, which is watched", (name) => {
    const { edgeFunction, watchedPaths } = resolved(
      { ...redirect, Store: store },
      { keyValueFiles: new Map([[name, keyValueFile]]) },
    );
    expect(edgeFunction?.keyValueStores).toMatchObject([{ importFile: keyValueFile }]);
    expect(watchedPaths.assembly).toContain(keyValueFile);
  });

  it("that only an ARN names takes the file passed for its id", () => {
    const { edgeFunction } = resolved(
      {
        Redirect: cloudFrontFunction(
          {},
          {
            KeyValueStoreAssociations: [
              { KeyValueStoreARN: "arn:aws:cloudfront::123456789012:key-value-store/abc" },
            ],
          },
        ),
      },
      { keyValueFiles: new Map([["abc", keyValueFile]]) },
    );
    expect(edgeFunction?.keyValueStores).toMatchObject([{ id: "abc", importFile: keyValueFile }]);
  });

  it("imports a file of the folder that stands for its bucket", () => {
    const { edgeFunction } = resolved({
      ...redirect,
      Data: { Type: "AWS::S3::Bucket", Metadata: { [siteMetadataKey]: { path: folder } } },
      Store: {
        ...store,
        Properties: {
          Name: "redirects",
          ImportSource: {
            SourceType: "S3",
            SourceArn: { "Fn::Sub": "${Data.Arn}/redirects.json" },
          },
        },
      },
    });
    expect(edgeFunction?.keyValueStores).toMatchObject([{ importFile: keyValueFile }]);
  });

  it("a file for a store that no function has is refused", () => {
    expect(
      refusalsOf<string>({ "a misspelt name": "redirect" }, (name) =>
        load({ ...redirect, Store: store }, { keyValueFiles: new Map([[name, keyValueFile]]) }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a misspelt name": "Key value store is associated with no function of the distribution: got "redirect". There are "redirects".",
      }
    `);
  });
});
