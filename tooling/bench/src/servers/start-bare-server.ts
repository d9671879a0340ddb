import { join } from "node:path";
import { benchFolder } from "./bench-folder.ts";
import { page, sevenHeaders } from "./page.ts";
import type { ServerProcess } from "./server-process.ts";
import { startServerIn } from "./start-server-in.ts";

/** What Node.js itself can do: the page from memory, after some worker threads where they are asked for. */
const program = `
import { createServer } from "node:http";
import { Worker } from "node:worker_threads";

const [port, workers] = process.argv.slice(2).map(Number);
const body = Buffer.from(${JSON.stringify(page)});
const headers = {
  "Content-Type": "text/html",
  "Content-Length": body.length,
  ...${JSON.stringify(sevenHeaders)},
};
await Promise.all(Array.from({ length: workers }, () => new Promise((resolve) => {
  const source = 'require("node:worker_threads").parentPort.postMessage("ready")';
  new Worker(source, { eval: true }).once("message", resolve);
})));
createServer((request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(port, "127.0.0.1");
`;

/** Starts the bare server of node:http. */
export async function startBareServer(workers = 0): Promise<ServerProcess> {
  const folder = benchFolder({ "bare.mjs": program });
  return startServerIn(folder, {
    program: (port) => [join(folder.path, "bare.mjs"), String(port), String(workers)],
  });
}
