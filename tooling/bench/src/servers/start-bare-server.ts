import { join } from "node:path";
import { benchFolder } from "./bench-folder.ts";
import { page, sevenHeaders } from "./page.ts";
import type { ServerProcess } from "./server-process.ts";
import { startServerIn } from "./start-server-in.ts";

/** How a program is written. */
export type ModuleFormat = "ES module" | "CommonJS";

const imports = {
  "ES module": `
import { createServer } from "node:http";
import { Worker } from "node:worker_threads";
`,
  CommonJS: `
const { createServer } = require("node:http");
const { Worker } = require("node:worker_threads");
`,
};

/** What Node.js itself can do: the page from memory, after some worker threads where they are asked for. */
const program = `
const [port, workers] = process.argv.slice(2).map(Number);
const body = Buffer.from(${JSON.stringify(page)});
const headers = {
  "Content-Type": "text/html",
  "Content-Length": body.length,
  ...${JSON.stringify(sevenHeaders)},
};
const started = Array.from({ length: workers }, () => new Promise((resolve) => {
  const source = 'require("node:worker_threads").parentPort.postMessage("ready")';
  new Worker(source, { eval: true }).once("message", resolve);
}));
const server = createServer((request, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
void Promise.all(started).then(() => server.listen(port, "127.0.0.1"));
`;

/** Starts the bare server of node:http. */
export async function startBareServer(
  workers = 0,
  format: ModuleFormat = "ES module",
): Promise<ServerProcess> {
  const name = format === "CommonJS" ? "bare.cjs" : "bare.mjs";
  const folder = benchFolder({ [name]: imports[format] + program });
  return startServerIn(folder, {
    program: (port) => [join(folder.path, name), String(port), String(workers)],
  });
}
