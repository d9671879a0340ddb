import { readdirSync, readFileSync } from "node:fs";

/**
 * Microseconds of processor time that the threads of a process have had so far, by Linux's
 * /proc/<pid>/task/<tid>/schedstat. Threads that have ended are not counted any more.
 */
export function processorMicroseconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const [ran] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
      nanoseconds += Number(ran);
    } catch {
      // The thread ended meanwhile.
    }
  }
  return nanoseconds / 1000;
}
