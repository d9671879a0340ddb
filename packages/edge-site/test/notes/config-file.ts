import { join } from "node:path";

/** Absolute path of the configuration that tests synthesize. */
export const configFile: string = join(import.meta.dirname, "edge.config.ts");
