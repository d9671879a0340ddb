import { relative } from "node:path";
import type { CreatedSite } from "./create-site.ts";

/** Returns what a person reads at the end: what was written, what stays, and the next three commands. */
export function describeCreated(
  { framework, plan, next, snippet }: CreatedSite,
  folder: string,
): string {
  const { changes, kept } = plan;
  const where = relative(process.cwd(), folder);
  const lines = [
    ...(framework === undefined ? [] : [`Found: ${framework}.`, ""]),
    ...(changes.length === 0 ? ["Nothing to change."] : ["Written:"]),
    ...changes.map(({ says }) => `  ${says}`),
    ...(kept.length === 0 ? [] : ["Left as it is:", ...kept.map((line) => `  ${line}`)]),
    ...(snippet === undefined
      ? []
      : [
          "",
          "Add the construct to your stack, in us-east-1 for functions on Lambda@Edge:",
          "",
          ...snippet.split("\n").map((line) => `  ${line}`),
        ]),
    "",
    "Next:",
    ...(where === "" ? [] : [`  cd ${where}`]),
    ...next.map((command) => `  ${command}`),
    "",
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}
