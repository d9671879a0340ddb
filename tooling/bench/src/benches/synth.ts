import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { sideBySide } from "../frame/compare.ts";
import type { Bench } from "../frame/write-results.ts";

const root = join(import.meta.dirname, "../../../..");
const command = join(root, "packages/edge-site/bin/edge-site.js");
const [kept, anew] = ["edge-site synth", "edge-site synth, all code compiled anew"];

/** From the start of `edge-site synth` to its end. */
export const synth: Bench = {
  name: "synth",
  title: "A synth",
  method:
    "Milliseconds of the command `edge-site synth` for the infra app, which is built: with the code that Node.js keeps compiled from earlier commands, and without it. Each other command of edge-site loads the same code.",
  async run() {
    const compared = await sideBySide(9, [
      { name: kept, measure: () => synthMs({}) },
      { name: anew, measure: () => synthMs({ NODE_DISABLE_COMPILE_CACHE: "1" }) },
    ]);
    return [
      { name: `${kept}, ms`, spread: compared.spread(kept) },
      { name: `${anew}, ms`, spread: compared.spread(anew) },
      { name: "synth: with kept code : without", spread: compared.ratio(kept, anew) },
    ];
  },
};

function synthMs(env: Readonly<Record<string, string>>): number {
  const start = performance.now();
  execFileSync(process.execPath, [command, "synth"], {
    cwd: join(root, "apps/infra"),
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
  return performance.now() - start;
}
