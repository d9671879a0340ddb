import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { receiveSetup } from "./thread-start.ts";

// The function would see this module as the one that its program began with; at the edge it sees none.
Reflect.deleteProperty(process, "mainModule");
Reflect.deleteProperty(createRequire(import.meta.url).cache, fileURLToPath(import.meta.url));

void receiveSetup().then(() => import("./execution-environment-worker.ts"));
