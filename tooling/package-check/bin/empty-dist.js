#!/usr/bin/env node
// A build starts with no file of a module that has another name by now: it would be published.
import { rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
