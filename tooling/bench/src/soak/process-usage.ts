import { readFileSync } from "node:fs";

/** What a process holds. */
export interface ProcessUsage {
  readonly residentMb: number;
  readonly threads: number;
}

/** Reads the memory and the threads of a process from Linux's /proc. */
export function processUsage(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    residentMb: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1]),
  };
}
