import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "./bench-folder.ts";
import { edgeTemplate, type EdgeTemplateOptions } from "./edge-template.ts";
import { page } from "./page.ts";
import type { ServerProcess } from "./server-process.ts";
import { startServerIn } from "./start-server-in.ts";

const program = fileURLToPath(
  new URL("../../node_modules/local-cloudfront/bin/local-cloudfront.cjs", import.meta.url),
);

/** Starts the command of local-cloudfront, as anyone would: nothing is switched off. */
export async function startOurServer(
  options: EdgeTemplateOptions,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const folder = benchFolder({
    "template.json": JSON.stringify(edgeTemplate(options)),
    "site/index.html": page,
  });
  const template = join(folder.path, "template.json");
  const origin = `--origin=site=${join(folder.path, "site")}`;
  return startServerIn(folder, {
    program: (port) => [...nodeOptions, program, template, `--port=${port}`, origin],
  });
}
