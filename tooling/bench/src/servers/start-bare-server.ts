import { join } from "node:path";
import { benchFolder } from "./bench-folder.ts";
import { page, sevenHeaders } from "./page.ts";
import { startServerIn, type ServerProcess } from "./server-process.ts";

/** What Node.js itself can do: the page from memory. */
const program = `
import { createServer } from "node:http";
const body = Buffer.from(${JSON.stringify(page)});
const headers = {
  "Content-Type": "text/html",
  "Content-Length": body.length,
  ...${JSON.stringify(sevenHeaders)},
};
const server = createServer((request, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(Number(process.argv[2]), "127.0.0.1");
`;

/** Starts the bare server of node:http. */
export function startBareServer(): Promise<ServerProcess> {
  const folder = benchFolder({ "bare.mjs": program });
  return startServerIn(folder, {
    program: (port) => [join(folder.path, "bare.mjs"), String(port)],
  });
}
