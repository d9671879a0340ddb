/** Reports on stdout, in plain lines, what a command does. */
export const progress = {
  /** Begins a step. */
  step(title: string): void {
    process.stdout.write(`\n${title}\n`);
  },
  /** Reports a detail of the step. */
  detail(line: string): void {
    process.stdout.write(`  ${line}\n`);
  },
};
