// Adds up what the test runner of each workspace wrote, and prints the sum as the last line.
import { existsSync, globSync, readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of globSync("{packages,apps,tooling}/*/.vitest/results.json")) {
  // A branch that was left may leave the results of its packages.
  if (!existsSync(file.replace(".vitest/results.json", "package.json"))) continue;
  const results = JSON.parse(readFileSync(file, "utf8"));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  skipped += results.numPendingTests;
}
console.log(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
