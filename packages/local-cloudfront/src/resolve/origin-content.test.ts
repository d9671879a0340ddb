import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FileAsset } from "cloud-assembly";
import {
  assemblyOf,
  fixtures,
  readableBy,
  refusalsOf,
  siteTemplate,
  stackOf,
} from "../../test/samples/template.ts";
import { loadDistribution } from "./load-distribution.ts";

type Json = Readonly<Record<string, unknown>>;

const folder = join(fixtures, "beside-template");
const site = { kind: "folder", path: join(folder, "site") };

const assets: readonly FileAsset[] = [
  { id: "site", path: join(folder, "site"), packaging: "zip", objectKeys: ["site.zip"] },
  { id: "more", path: join(folder, "function"), packaging: "zip", objectKeys: ["more.zip"] },
  { id: "zip", path: join(folder, "function.zip"), packaging: "file", objectKeys: ["zip.zip"] },
  { id: "gone", path: join(folder, "gone"), packaging: "zip", objectKeys: ["gone.zip"] },
];

function load(metadata: Json, deployments: readonly Json[] = []) {
  const stack = stackOf(
    siteTemplate({
      origin: { DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] } },
      resources: {
        Bucket: { Type: "AWS::S3::Bucket", Metadata: metadata },
        Policy: readableBy("*"),
        ...Object.fromEntries(
          deployments.map((properties, index) => [
            `Deployment${index}`,
            {
              Type: "Custom::CDKBucketDeployment",
              Properties: { DestinationBucketName: { Ref: "Bucket" }, ...properties },
            },
          ]),
        ),
      },
    }),
    { assets },
  );
  const { distribution, warnings } = loadDistribution(assemblyOf(stack));
  return { origin: distribution.origins.get("site"), warnings };
}

const deployment = (...keys: readonly string[]): Json => ({ SourceObjectKeys: keys });

describe("the content of a bucket", () => {
  it("is the folder that its metadata names", () => {
    const { origin, warnings } = load({ "cf-edge:site": { path: "site" } });
    expect(origin?.content).toEqual(site);
    expect(warnings).toEqual([]);
  });

  it("is the source of a CDK bucket deployment", () => {
    const { origin, warnings } = load({}, [deployment("site.zip")]);
    expect(origin?.content).toEqual(site);
    expect(warnings).toEqual([]);
  });

  it("is one source whose key prefix is a slash", () => {
    const atRoot = { ...deployment("site.zip"), DestinationBucketKeyPrefix: "/" };
    expect(load({}, [atRoot]).origin?.content).toEqual(site);
  });

  it("is a source with its filters, its metadata and its values", () => {
    const source = {
      ...deployment("site.zip"),
      Exclude: ["*.map"],
      Include: ["a.map"],
      SystemMetadata: { "cache-control": "no-cache", "website-redirect": "/new", acl: "private" },
      UserMetadata: { build: "7" },
      SourceMarkers: [{ "<<marker:0xbaba:0>>": { Ref: "Bucket" } }],
      SourceMarkersConfig: [{ jsonEscape: true }],
    };
    expect(load({}, [source]).origin?.content).toEqual({
      kind: "deployed",
      folders: [
        {
          path: join(folder, "site"),
          deployment: "Deployment0",
          prunes: true,
          keyPrefix: "",
          exclude: ["*.map"],
          include: ["a.map"],
          headers: {
            "cache-control": "no-cache",
            "x-amz-website-redirect-location": "/new",
            "x-amz-meta-build": "7",
          },
          replacements: [{ mark: "<<marker:0xbaba:0>>", value: "site-bucket" }],
        },
      ],
    });
  });

  it("is the folder of its metadata before a bucket deployment", () => {
    const { origin } = load({ "cf-edge:site": { path: "function" } }, [deployment("site.zip")]);
    expect(origin?.content).toEqual({ kind: "folder", path: join(folder, "function") });
  });

  it("is not what is deployed to another bucket", () => {
    const other = { ...deployment("site.zip"), DestinationBucketName: "another-bucket" };
    expect(load({}, [other]).origin?.content).toEqual({ kind: "not-deployed" });
  });

  it("loses what a later deployment to the same place prunes, with a warning", () => {
    const earlier = deployment("site.zip");
    const warningsOf = (later: Json) =>
      load({}, [earlier, { ...deployment("more.zip"), ...later }]).warnings;
    expect(warningsOf({})).toEqual([
      {
        subject: "Deployment1.Prune",
        message:
          "It removes what Deployment0 has copied to the same place: only its own files are served there. Set prune to false in the BucketDeployment.",
      },
    ]);
    expect(warningsOf({ Prune: false })).toEqual([]);
    expect(warningsOf({ Exclude: ["assets/*"] })).toEqual([]);
    expect(warningsOf({ DestinationBucketKeyPrefix: "docs" })).toEqual([]);
  });

  it("is all sources that are folders or zip files: others are named as warnings", () => {
    const { origin, warnings } = load({}, [
      deployment("zip.zip", "site.zip", "more.zip", "gone.zip", "other.zip"),
      { ...deployment("more.zip"), DestinationBucketKeyPrefix: "docs" },
    ]);
    expect(origin?.content).toMatchObject({
      kind: "deployed",
      folders: [
        { path: join(folder, "function.zip"), keyPrefix: "" },
        { path: join(folder, "site"), keyPrefix: "" },
        { path: join(folder, "function"), keyPrefix: "" },
        { path: join(folder, "function"), keyPrefix: "docs/" },
      ],
    });
    expect(
      warnings.map(({ subject, message }) => `${subject}: ${message.replaceAll(fixtures, "")}`),
    ).toMatchInlineSnapshot(`
      [
        "Deployment0.SourceObjectKeys[3]: The source does not exist on disk (/beside-template/gone): its files are not served. Pass --origin Bucket=DIR with a folder that holds them all.",
        "Deployment0.SourceObjectKeys[4]: The source is no asset of the assembly: its files are not served. Pass --origin Bucket=DIR with a folder that holds them all.",
      ]
    `);
  });

  it("comes with the metadata of its objects", () => {
    const headers = { "Cache-Control": "no-cache" };
    const objectHeaders = [
      { pathPattern: "*.html", hashedNames: false, headers },
      { pathPattern: "*", hashedNames: true, headers },
    ];
    const { origin } = load({ "cf-edge:site": { path: "site", objectHeaders } });
    expect(origin).toMatchObject({ objectHeaders });
  });

  it("is refused where the metadata does not fit", () => {
    expect(
      refusalsOf<Json>(
        {
          "a folder that is not built": { path: "dist" },
          "a file": { path: "function.zip" },
          "no path": {},
          "object headers with an odd pattern": {
            path: "site",
            objectHeaders: [{ pathPattern: "a b", headers: {} }],
          },
        },
        (metadata) => load({ "cf-edge:site": metadata }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a file": "Bucket.Metadata.cf-edge:site.path names a site folder that is not built (<fixtures>/beside-template/function.zip): got "function.zip". Build the site first, or pass --origin Bucket=DIR.",
        "a folder that is not built": "Bucket.Metadata.cf-edge:site.path names a site folder that is not built (<fixtures>/beside-template/dist): got "dist". Build the site first, or pass --origin Bucket=DIR.",
        "no path": "Bucket.Metadata.cf-edge:site.path must be a string: got nothing.",
        "object headers with an odd pattern": "Bucket.Metadata.cf-edge:site.objectHeaders[0].pathPattern holds a character that path patterns may not have: got "a b". Write a path pattern. [CF-J-06]",
      }
    `);
  });
});
