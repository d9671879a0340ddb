import { spawn } from "node:child_process";

/** Builds the site and its functions, and says so in one line; all that the builds write, where one of them fails. */
const turbo = spawn(
  "turbo",
  ["run", "build", "--filter=infra^...", "--output-logs=new-only", "--ui=stream"],
  { stdio: ["ignore", "pipe", "pipe"] },
);
const written: Buffer[] = [];
turbo.stdout.on("data", (chunk: Buffer) => written.push(chunk));
turbo.stderr.on("data", (chunk: Buffer) => written.push(chunk));
if (process.stderr.isTTY) process.stderr.write("Building …\r");
turbo.on("close", (status) => {
  const output = Buffer.concat(written).toString();
  process.stderr.write(status === 0 ? `${summaryOf(output)}\n` : output);
  process.exitCode = status ?? 1;
});

function summaryOf(output: string): string {
  const [, total] = /Tasks:.*?(\d+) total/.exec(output) ?? [];
  const [, cached] = /Cached:.*?(\d+) cached/.exec(output) ?? [];
  const [, time] = /Time:\s+(\S+)/.exec(output) ?? [];
  const built = Number(total) - Number(cached);
  if (built === 0) return `The site and its functions are built already.`;
  return `Built ${built} of ${total} packages in ${time}; more with: pnpm build`;
}
