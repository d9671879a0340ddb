import type { BenchFolder } from "./bench-folder.ts";
import { startServer, type ServerCommand, type ServerProcess } from "./server-process.ts";

/** Starts a server that lives on a folder, and removes the folder when the server has stopped. */
export async function startServerIn(
  folder: BenchFolder,
  command: ServerCommand,
): Promise<ServerProcess> {
  const server = await startServer(command);
  return {
    ...server,
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}
