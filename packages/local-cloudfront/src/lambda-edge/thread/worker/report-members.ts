import { createRequire } from "node:module";
import { join } from "node:path";
import type { Handler } from "./load-handler.ts";

/** A package of a composed function, as its module exports it. */
interface Member {
  handler: Handler;
}

// Taken before the function runs, which may replace it for itself.
const { stringify } = JSON;

/**
 * Makes the members of a composed function report what they return.
 *
 * @param taskRoot where `index.cjs` exports `members`
 * @param report takes JSON text
 */
export function reportMembers(taskRoot: string, report: (result: string) => void): void {
  const { members } = createRequire(join(taskRoot, "package.json"))("./index.cjs") as {
    readonly members: readonly Member[];
  };
  for (const member of members) {
    const { handler } = member;
    member.handler = async (...given) => {
      const result = await handler(...given);
      report(textOf(result));
      return result;
    };
  }
}

/** What is no JSON fails the invocation, and not because of the report. */
function textOf(result: unknown): string {
  try {
    return stringify(result) ?? "null";
  } catch {
    return "null";
  }
}
