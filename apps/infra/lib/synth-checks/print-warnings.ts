import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { SynthesisMessageLevel } from "aws-cdk-lib/cx-api";

/** Prints the warnings that an assembly carries on stderr, a line each. */
export function printWarnings(assembly: CloudAssembly): void {
  for (const { level, entry } of assembly.stacks.flatMap(({ messages }) => messages)) {
    if (level !== SynthesisMessageLevel.WARNING) continue;
    process.stderr.write(`infra: warning: ${String(entry.data)}\n`);
  }
}
