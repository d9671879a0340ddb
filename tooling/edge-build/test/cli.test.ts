import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { writeFunctionPackage } from "./write-function-package.ts";

const bin = fileURLToPath(new URL("../bin/edge-build.js", import.meta.url));

function edgeBuild(cwd: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin], { cwd }, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

it("edge-build builds the function package of the current folder", async () => {
  const { exitCode, stdout, stderr } = await edgeBuild(await writeFunctionPackage());
  expect(stdout).toMatch(
    /^tiny-rewrite 1\.2\.3 \(viewer-request\): dist\/lambda\/index\.cjs, \d+ bytes\n$/,
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

it("edge-build says a mistake in one line and exits with 1", async () => {
  const folder = await writeFunctionPackage({ "package.json": '{"name":"x","version":"1.0.0"}' });
  expect(await edgeBuild(folder)).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      'edge-build: edgeFunction in package.json is not an object: got nothing. Give at least {"eventType": "viewer-request"}.\n',
  });
});
