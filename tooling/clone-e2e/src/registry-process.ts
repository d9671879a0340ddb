import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runServer } from "verdaccio";

/** What the process is to serve. */
export interface RegistryRequest {
  /** Absolute path of a folder for what it stores. */
  readonly folder: string;
  /** The registry that has all other packages. */
  readonly upstream: string;
  /** The names of packages that are published to it alone. */
  readonly published: readonly string[];
}

// Whoever started it may end without a word.
process.once("disconnect", () => process.exit());
process.once("message", (request: RegistryRequest) => {
  void serve(request).then((port) => process.send?.(port));
});

/** Returns the port on loopback. */
async function serve({ folder, upstream, published }: RegistryRequest): Promise<number> {
  const own = { access: "$all", publish: "$authenticated" };
  const configuration = {
    storage: join(folder, "storage"),
    self_path: folder,
    auth: { htpasswd: { file: join(folder, "htpasswd") } },
    uplinks: { npm: { url: upstream, timeout: "60s", maxage: "1h" } },
    packages: {
      ...Object.fromEntries(published.map((name) => [name, own])),
      "**": { access: "$all", proxy: "npm" },
    },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  };
  const server: Server = await runServer(configuration as Parameters<typeof runServer>[0] & object);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
