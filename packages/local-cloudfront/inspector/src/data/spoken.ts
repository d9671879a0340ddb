const units: readonly (readonly [seconds: number, name: string])[] = [
  [31_536_000, "year"],
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** Returns a number of seconds in its largest whole unit, as in `1 day` or `90 seconds`. */
export function spokenSeconds(seconds: number): string {
  const [size, name] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    "second",
  ];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** Returns milliseconds as in `0.42 ms`, `17 ms` or `1.5 s`. */
export function spokenMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 || Number.isInteger(ms) ? `${Math.round(ms)} ms` : `${ms.toFixed(2)} ms`;
}

/** Returns a number of bytes as in `512 B` or `5.4 KB`. */
export function spokenBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Returns the time of day, as in `09:05:07`. */
export function spokenTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString("en-GB");
}

/** Returns what people call a status: the class by which it is coloured. */
export function statusClass(status: number): "ok" | "redirect" | "refused" | "failed" {
  if (status >= 500) return "failed";
  if (status >= 400) return "refused";
  return status >= 300 ? "redirect" : "ok";
}
