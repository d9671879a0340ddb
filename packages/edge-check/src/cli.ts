import { runEdgeCheck } from "./run-edge-check.ts";

process.exitCode = await runEdgeCheck(process.argv.slice(2));
