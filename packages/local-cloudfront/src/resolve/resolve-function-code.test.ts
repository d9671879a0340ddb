import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EdgeFunctionChanges, withEdgeFunction } from "../../test/samples/edge-function.ts";
import {
  assemblyOf,
  fixtures,
  refusalsOf,
  siteTemplate,
  stackOf,
} from "../../test/samples/template.ts";
import { loadDistribution } from "./load-distribution.ts";

const folder = join(fixtures, "beside-template");

const assets = [
  { id: "abc", path: join(folder, "function"), packaging: "zip", objectKeys: ["abc.zip"] },
  { id: "def", path: join(folder, "function.zip"), packaging: "file", objectKeys: ["p/def.zip"] },
  { id: "gone", path: join(folder, "gone"), packaging: "zip", objectKeys: ["gone.zip"] },
] as const;

function codeOf(changes: EdgeFunctionChanges) {
  const stack = stackOf(siteTemplate(withEdgeFunction(changes)), { assets });
  const { distribution } = loadDistribution(assemblyOf(stack));
  return distribution.cacheBehaviors[0]?.functionAssociations["viewer-request"]?.edgeFunction.code;
}

const contentSha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
const inFolder = { kind: "folder", path: join(folder, "function"), contentSha256 };
const inZip = { kind: "zip", path: join(folder, "function.zip"), contentSha256 };

describe("the code of a function", () => {
  it.each<[string, object, unknown, object]>([
    [
      "lies inline",
      { kind: "inline", source: "exports.handler = async () => 'us-east-1'" },
      { ZipFile: { "Fn::Sub": "exports.handler = async () => '${AWS::Region}'" } },
      {},
    ],
    ["lies in the asset folder of its key", inFolder, { S3Bucket: "b", S3Key: "abc.zip" }, {}],
    ["lies in the asset zip of its key", inZip, { S3Bucket: "b", S3Key: "p/def.zip" }, {}],
    ["lies in the asset of its id", inFolder, { S3Bucket: "b", S3Key: "abc" }, {}],
    ["lies at a path beside the template", inFolder, "./function", {}],
    ["lies in a zip beside the template", inZip, "function.zip", {}],
    ["lies at an absolute path", inFolder, join(folder, "function"), {}],
    [
      "lies where its metadata says",
      inFolder,
      { S3Bucket: "b", S3Key: "unknown" },
      { Metadata: { "aws:asset:path": "function", "aws:asset:property": "Code" } },
    ],
  ])("%s", (_name, expected, Code, members) => {
    expect(codeOf({ properties: { Code }, members: { ...members } })).toEqual({
      ...expected,
      appFolder: folder,
    });
  });

  it("LE-E-08: is refused where it cannot be had", () => {
    expect(
      refusalsOf<unknown>(
        {
          "an unknown key": { S3Bucket: "b", S3Key: "other.zip" },
          "an asset that is not on disk": { S3Bucket: "b", S3Key: "gone.zip" },
          "a path to nowhere": "./nowhere",
          "a file that is no zip": "function/index.js",
          "a container image": { ImageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/x" },
          nothing: undefined,
          "an empty mapping": {},
        },
        (Code) => codeOf({ properties: { Code } }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a container image": "Rewrite.Code.ImageUri names a container image, which CloudFront does not run: got "123456789012.dkr.ecr.us-east-1.amazonaws.com/x". Package the function as a zip. [LE-E-08]",
        "a file that is no zip": "Rewrite.Code names "<fixtures>/beside-template/function/index.js", which is neither a folder nor a zip file: got "function/index.js". Correct the path in the template, or pass --function Rewrite=FOLDER.",
        "a path to nowhere": "Rewrite.Code names "<fixtures>/beside-template/nowhere", which does not exist: got "./nowhere". Correct the path in the template, or pass --function Rewrite=FOLDER.",
        "an asset that is not on disk": "Rewrite.Code.S3Key names "<fixtures>/beside-template/gone", which does not exist: got "gone.zip". Correct the path in the template, or pass --function Rewrite=FOLDER.",
        "an empty mapping": "Rewrite.Code.S3Key must be a string: got nothing.",
        "an unknown key": "Rewrite.Code.S3Key is the key of no asset of the assembly: got "other.zip". Code in S3 is not fetched: pass --function Rewrite=FOLDER with its code, or lay the zip file beside the template.",
        "nothing": "Rewrite.Code must say where the code is: got nothing. Add S3Key or ZipFile.",
      }
    `);
  });
});
