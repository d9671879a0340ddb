/**
 * Ends the process at once, whatever its threads do. `process.exit` waits for each of them, and one
 * that is stuck in native code cannot be interrupted.
 *
 * @param status the exit status; where the process cannot be replaced, it is killed instead
 */
export function leaveProcess(status: number): void {
  try {
    process.execve?.(process.execPath, [process.execPath, "-e", `process.exit(${status})`], {});
  } catch {
    // Not on this platform.
  }
  process.kill(process.pid, "SIGKILL");
}
