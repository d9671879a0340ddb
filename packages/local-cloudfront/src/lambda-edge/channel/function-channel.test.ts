import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { anyEvent, folderWith } from "../../../test/lambda-edge-fixtures.ts";
import { startedEnvironment } from "../../../test/started-environment.ts";

/** A function that blocks its thread until it is let go. */
function blockingFunction() {
  const folder = folderWith({});
  const [begun, end] = [join(folder, "begun"), join(folder, "end")];
  return {
    source: `const { existsSync, writeFileSync } = require("node:fs");
      exports.handler = async () => {
        writeFileSync(${JSON.stringify(begun)}, "");
        while (!existsSync(${JSON.stringify(end)}));
        return "done";
      };`,
    begun: () => vi.waitFor(() => expect(existsSync(begun)).toBe(true)),
    letGo: () => writeFileSync(end, ""),
  };
}

it("a response is received though what was sent behind it has been reclaimed", async () => {
  const { source, begun, letGo } = blockingFunction();
  const environment = await startedEnvironment(source);
  const first = new Promise((resolve) => environment.invoke("1", anyEvent, resolve));
  const second = new Promise((resolve) => environment.invoke("2", anyEvent, resolve));
  await begun();
  environment.reclaimUnstarted();
  letGo();
  expect(await second).toBeUndefined();
  expect(await first).toMatchObject({ kind: "result", result: '"done"' });
});
