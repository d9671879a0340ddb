#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// What was compiled once is not compiled again at the next start.
enableCompileCache();
await import("../dist/cli.js");
