import { expect, it } from "vitest";
import { writeFunctionPackage } from "../test/write-function-package.ts";
import { readFunctionPackage } from "./function-package.ts";

it("reads name, version and settings", async () => {
  const folder = await writeFunctionPackage();
  expect(await readFunctionPackage(folder)).toMatchObject({
    packageName: "tiny-rewrite",
    version: "1.2.3",
    settings: { eventType: "viewer-request" },
  });
});

it.each([
  {
    files: {},
    message:
      "FOLDER/package.json cannot be read. Run edge-build in the folder of a function package.",
  },
  { files: { "package.json": "{" }, message: "FOLDER/package.json is not JSON." },
  {
    files: { "package.json": '{"version":"1.0.0"}' },
    message:
      "name in package.json is not valid: got nothing. The manifest needs it as a non-empty string.",
  },
  {
    files: { "package.json": '{"name":"x","version":1}' },
    message:
      "version in package.json is not valid: got 1. The manifest needs it as a non-empty string.",
  },
])("refuses a folder with $files", async ({ files, message }) => {
  const folder = await writeFunctionPackage(files);
  await expect(readFunctionPackage(folder)).rejects.toMatchObject({
    code: "INVALID_PACKAGE",
    message: message.replace("FOLDER", folder),
  });
});
