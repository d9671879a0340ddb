import { EdgeSiteError } from "../edge-site-error.ts";

/** Options, and whose they are. */
export interface OptionsOfFunction {
  /** As in `edge.config.ts: functions[0].config`. */
  readonly subject: string;
  readonly packageName: string;
  readonly config: object;
}

/** Returns what is thrown where a package has refused options: its own sentence, with the place in the configuration. */
export function refusedOptions({ subject }: OptionsOfFunction, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (cause instanceof EdgeSiteError || typeof code !== "string") return cause;
  return new EdgeSiteError("INVALID_CONFIG", `${subject}: ${(cause as Error).message}`, { cause });
}
