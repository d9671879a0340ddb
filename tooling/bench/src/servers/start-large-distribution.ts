import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "./bench-folder.ts";
import { edgeTemplate } from "./edge-template.ts";
import type { ServerProcess } from "./server-process.ts";
import { startServerIn } from "./start-server-in.ts";

const script = fileURLToPath(new URL("serve-large-distribution.ts", import.meta.url));

/** Starts the library with a number of cache behaviors that the command's quota does not allow. */
export async function startLargeDistribution(behaviors: number): Promise<ServerProcess> {
  const folder = benchFolder({
    "template.json": JSON.stringify(edgeTemplate({ eventTypes: [], behaviors })),
    "site/index.html": "<p>small</p>",
  });
  const [template, site] = [join(folder.path, "template.json"), join(folder.path, "site")];
  return startServerIn(folder, { program: (port) => [script, template, site, String(port)] });
}
