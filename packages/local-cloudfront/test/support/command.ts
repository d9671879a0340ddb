import { join } from "node:path";
import { inject } from "vitest";

/** The command's file, as bundled for the tests. */
export const command: string = join(inject("bundle"), "cli.cjs");
