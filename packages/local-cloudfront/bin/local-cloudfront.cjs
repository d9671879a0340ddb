#!/usr/bin/env node
const { enableCompileCache } = require("node:module");

const oldest = 22;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `local-cloudfront needs Node.js ${oldest} or newer: got ${process.versions.node}. Install it, or run it with: npx --package node@24 --package local-cloudfront local-cloudfront\n`,
  );
  process.exitCode = 1;
} else {
  // What was compiled once is not compiled again at the next start.
  enableCompileCache?.();
  require("../dist/cli.cjs");
}
