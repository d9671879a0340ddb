/** Tells on stdout, in plain lines, what a command is at. */
export const progress = {
  /** Begins a step. */
  step(title: string): void {
    process.stdout.write(`\n${title}\n`);
  },
  /** Tells something of the step. */
  detail(line: string): void {
    process.stdout.write(`  ${line}\n`);
  },
};
