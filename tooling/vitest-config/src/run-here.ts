import { vi } from "vitest";

/** How a command has ended. */
export interface EndedCommand {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end in this process, in a folder, without the time that a process takes to start.
 *
 * @param run returns the exit status
 */
export async function runHere(folder: string, run: () => Promise<number>): Promise<EndedCommand> {
  const before = { folder: process.cwd(), zone: process.env["TZ"] };
  const output = { stdout: "", stderr: "" };
  const streams = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      output[name] += String(text);
      return true;
    }),
  );
  process.chdir(folder);
  try {
    const status = await run();
    return { status, ...output };
  } finally {
    for (const stream of streams) stream.mockRestore();
    process.chdir(before.folder);
    if (before.zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before.zone;
  }
}
