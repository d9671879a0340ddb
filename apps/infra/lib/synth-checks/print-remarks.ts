import { type CloudAssembly, SynthesisMessageLevel } from "aws-cdk-lib/cx-api";

/** Prints what an assembly carries beside what is deployed: warnings on stderr, information on stdout. */
export function printRemarks(assembly: CloudAssembly): void {
  for (const { level, entry } of assembly.stacks.flatMap(({ messages }) => messages)) {
    const isWarning = level === SynthesisMessageLevel.WARNING;
    const stream = isWarning ? process.stderr : process.stdout;
    stream.write(`infra: ${isWarning ? "warning: " : ""}${String(entry.data)}\n`);
  }
}
