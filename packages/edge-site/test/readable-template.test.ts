import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { edgeConfig } from "./notes/edge.config.ts";
import { stageOf } from "../src/config/stage-of.ts";
import { synthesized } from "./synthesized.ts";

const ours = ["spa-rewrite", "security-headers", "secret-redirect"];

it("the whole template, as a person reads it, is that of test/readable-template.yaml", async () => {
  const functions = edgeConfig.functions.filter((each) => ours.includes(each.package));
  const stage = { ...stageOf(edgeConfig), stackName: "notes" };
  using site = synthesized({ functions, tryOut: [] }, stage);
  const file = join(site.assemblyFolder, "notes.template.json");
  const text = readFileSync(file, "utf8")
    .replaceAll(/"[0-9a-f]{64}(\.zip)?"/g, '"<sha256>$1"')
    .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, "$1<hash>")
    .replaceAll(
      /"((?:spa-rewrite|security-headers|secret-redirect)) \d+\.\d+\.\d+"/g,
      '"$1 <version>"',
    )
    .replaceAll(/"[^"]*apps\/notes\/dist"/g, '"<apps/notes/dist>"')
    .replaceAll(/"[^"]*(packages\/[a-z-]+\/dist\/lambda)"/g, '"<$1>"');
  const { Rules: _rules, ...template } = JSON.parse(text);
  await expect(stringify(template, { lineWidth: 0 })).toMatchFileSnapshot("readable-template.yaml");
});
