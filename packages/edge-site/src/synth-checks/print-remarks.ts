import { dirname, relative } from "node:path";
import { type CloudAssembly, SynthesisMessageLevel } from "aws-cdk-lib/cx-api";

/** Which remarks are printed. */
export interface PrintRemarksOptions {
  /**
   * Whether what there is to know is printed beside the warnings.
   * @default true
   */
  readonly info?: boolean;
  /**
   * Whether of information that has several lines only the first one is printed.
   * @default false
   */
  readonly isBrief?: boolean;
  /** Absolute path of the configuration, whose synth prints all lines. */
  readonly configFile: string;
  /**
   * Takes the information; warnings go to stderr.
   * @default process.stdout
   */
  readonly output?: NodeJS.WritableStream;
}

/** Prints what an assembly carries beside what is deployed: warnings and information. */
export function printRemarks(
  assembly: CloudAssembly,
  { info = true, isBrief = false, configFile, output = process.stdout }: PrintRemarksOptions,
): void {
  for (const { level, entry } of assembly.stacks.flatMap(({ messages }) => messages)) {
    const text = String(entry.data);
    if (level === SynthesisMessageLevel.WARNING)
      process.stderr.write(`edge-site: warning: ${text}\n`);
    else if (info) output.write(`edge-site: ${isBrief ? firstLine(text, configFile) : text}\n`);
  }
}

function firstLine(text: string, configFile: string): string {
  const [first = "", ...more] = text.split("\n");
  const known = first.replace(/:$/, "");
  if (more.length === 0) return first;
  const folder = relative(process.cwd(), dirname(configFile));
  const option = folder === "" ? "" : ` --config ${folder}`;
  return `${known}; more with: npx edge-site synth${option}`;
}
