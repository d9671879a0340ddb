import { type CloudAssembly, SynthesisMessageLevel } from "aws-cdk-lib/cx-api";

/** Which remarks are printed. */
export interface PrintRemarksOptions {
  /**
   * Whether what there is to know is printed beside the warnings.
   * @default true
   */
  readonly info?: boolean;
}

/** Prints what an assembly carries beside what is deployed: warnings on stderr, information on stdout. */
export function printRemarks(
  assembly: CloudAssembly,
  { info = true }: PrintRemarksOptions = {},
): void {
  for (const { level, entry } of assembly.stacks.flatMap(({ messages }) => messages)) {
    const text = String(entry.data);
    if (level === SynthesisMessageLevel.WARNING) process.stderr.write(`infra: warning: ${text}\n`);
    else if (info) process.stdout.write(`infra: ${text}\n`);
  }
}
