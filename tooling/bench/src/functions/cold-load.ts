import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const script = [
  'const event = JSON.parse(require("node:fs").readFileSync("event.json", "utf8"));',
  "const start = process.hrtime.bigint();",
  'require("./index.cjs").handler(event).then(() => {',
  // Before process.stdout is there, which takes longer than the function.
  "  const elapsed = process.hrtime.bigint() - start;",
  "  process.stdout.write(String(elapsed));",
  "});",
].join("\n");

/**
 * Returns how many microseconds a new process takes to load `index.cjs` of a folder and to answer its
 * first event.
 */
export function coldMicroseconds(folder: string, eventJson: string): number {
  writeFileSync(join(folder, "event.json"), eventJson);
  writeFileSync(join(folder, "measure.cjs"), script);
  const elapsed = execFileSync(process.execPath, ["measure.cjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  return Number(elapsed) / 1000;
}
