import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "./bench-folder.ts";
import { edgeTemplate, type TemplateFunctions } from "./edge-template.ts";
import { page } from "./page.ts";
import { startServerIn, type ServerProcess } from "./server-process.ts";

const program = fileURLToPath(
  new URL("../../node_modules/local-cloudfront/bin/local-cloudfront.cjs", import.meta.url),
);

/** Starts the command of local-cloudfront, as anyone would: nothing is switched off. */
export async function startOurServer(functions: TemplateFunctions): Promise<ServerProcess> {
  const folder = benchFolder({
    "template.json": JSON.stringify(edgeTemplate(functions)),
    "site/index.html": page,
  });
  const template = join(folder.path, "template.json");
  const origin = `--origin=site=${join(folder.path, "site")}`;
  return startServerIn(folder, {
    program: (port) => [program, template, `--port=${port}`, origin],
  });
}
