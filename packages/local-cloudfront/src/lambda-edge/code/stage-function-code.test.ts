import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  association,
  context,
  folderWith,
  request,
  runner,
} from "../../../test/lambda-edge-fixtures.ts";
import { stageFunctionCode } from "./stage-function-code.ts";

const handler =
  'exports.handler = async () => ({ status: "200", body: require("./text.json").text });';

describe("stageFunctionCode", () => {
  it("an inline source becomes index.js", async () => {
    const folder = join(folderWith({}), "task");
    await stageFunctionCode({ kind: "inline", source: handler }, folder);
    expect(readdirSync(folder)).toEqual(["index.js"]);
    expect(readFileSync(join(folder, "index.js"), "utf8")).toBe(handler);
  });

  it("a zip file is unpacked with its folders", async () => {
    const bytes = zipSync({ dir: { "a.txt": strToU8("a") }, "index.js": strToU8(handler) });
    const folder = join(folderWith({}), "task");
    await stageFunctionCode(
      { kind: "zip", path: join(folderWith({ "f.zip": bytes }), "f.zip") },
      folder,
    );
    expect(readFileSync(join(folder, "dir/a.txt"), "utf8")).toBe("a");
  });

  it("the source maps of a composed function are named folder by folder", async () => {
    const path = folderWith({
      "index.cjs": "",
      "members/0/index.cjs": "a",
      "members/1/index.cjs": "b",
    });
    const maps = folderWith({ "index.cjs.map": "{}" });
    const folder = join(folderWith({}), "task");
    const sourceMapFolders = { "members/1": maps, "members/2": maps };
    await stageFunctionCode({ kind: "folder", path, sourceMapFolders }, folder);
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    expect(read("index.cjs")).toBe("");
    expect(read("members/0/index.cjs")).toBe("a");
    expect(read("members/1/index.cjs")).toContain(`sourceMappingURL=${maps}/index.cjs.map`);
  });

  it("a function runs from a zip file", async () => {
    const bytes = zipSync({
      "index.js": strToU8(handler),
      "text.json": strToU8('{ "text": "zipped" }'),
    });
    const path = join(folderWith({ "function.zip": bytes }), "function.zip");
    const outcome = await runner().runViewerRequest(
      association("viewer-request", { kind: "zip", path }),
      context,
      request(),
    );
    expect(outcome.kind === "generated-response" && String(outcome.response.body)).toBe("zipped");
  });

  const refused: Record<string, [Uint8Array | undefined, RegExp]> = {
    "a zip file that leads out of its folder": [
      zipSync({ "../../evil.js": strToU8("x") }),
      /^Function code ".*f\.zip" holds a file outside of its root: got "\.\.\/\.\.\/evil\.js"\. Zip the folder's content with relative names\.$/,
    ],
    "a zip file with an absolute name": [
      zipSync({ "/etc/evil.js": strToU8("x") }),
      /holds a file outside of its root: got "\/etc\/evil\.js"/,
    ],
    "what is no zip file": [
      strToU8("no zip"),
      /^Function code ".*f\.zip" cannot be unzipped: invalid zip data\. Build the function or run synth again\.$/,
    ],
    "a missing zip file": [undefined, /^Function code ".*f\.zip" cannot be unzipped: ENOENT/],
  };
  it.each(Object.entries(refused))("%s is refused", async (_name, [bytes, message]) => {
    const folder = folderWith(bytes === undefined ? {} : { "f.zip": bytes });
    const staged = stageFunctionCode(
      { kind: "zip", path: join(folder, "f.zip") },
      join(folder, "1", "task"),
    );
    await expect(staged).rejects.toThrow(message);
    await expect(staged).rejects.toHaveProperty("name", "LocalCloudFrontError");
  });

  it("a missing folder is refused", async () => {
    const path = join(folderWith({}), "missing");
    const staged = stageFunctionCode({ kind: "folder", path }, join(folderWith({}), "task"));
    await expect(staged).rejects.toThrow(
      `Function code ${JSON.stringify(path)} is not a folder. Build the function or run synth again.`,
    );
  });

  it("LE-C-19: a function whose code is missing answers 503", async () => {
    const path = join(folderWith({}), "missing");
    const outcome = await runner().runViewerRequest(
      association("viewer-request", { kind: "folder", path }),
      context,
      request(),
    );
    expect(outcome).toMatchObject({ kind: "failure", failure: { status: 503, factId: "LE-C-19" } });
    expect(outcome.kind === "failure" && outcome.failure.detail).toContain("is not a folder");
  });

  it("the type of a package.json around the function's folder does not count", async () => {
    const around = folderWith({
      "package.json": '{ "type": "module" }',
      "asset/index.js": handler,
      "asset/text.json": '{ "text": "CommonJS" }',
    });
    const outcome = await runner().runViewerRequest(
      association("viewer-request", { kind: "folder", path: join(around, "asset") }),
      context,
      request(),
    );
    expect(outcome.kind === "generated-response" && String(outcome.response.body)).toBe("CommonJS");
  });
});
