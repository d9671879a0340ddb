import { eventTypes } from "cf-rules";
import { cancel, isCancel, select, text } from "@clack/prompts";
import { refusalOf, type Terminal } from "cf-command-line";
import type { EventType } from "cf-types";
import { type NewFunction, refuseInvalidName } from "./function-names.ts";
import { defaultEngine } from "./new-function-engine.ts";

const hints: Readonly<Record<EventType, string>> = {
  "viewer-request": "before the cache, on every request: rewrite, redirect, refuse",
  "origin-request": "on a cache miss only: its response is cached",
  "origin-response": "on a cache miss only: what it changes is cached",
  "viewer-response": "on every response: headers",
};

/** Asks for what the command line leaves open; returns nothing when the person gives up. */
export async function ask(
  given: Partial<NewFunction>,
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<NewFunction | undefined> {
  const name =
    given.name ??
    (await text({
      ...terminal,
      message: "What is the function called?",
      placeholder: "spa-rewrite",
      validate: (value) => refusalOf(() => refuseInvalidName(value ?? "", [])),
    }));
  if (isCancel(name)) return givenUp(terminal);
  const eventType =
    given.eventType ??
    (await select<EventType>({
      ...terminal,
      message: "On which event does it run?",
      options: eventTypes.map((value) => ({ value, label: value, hint: hints[value] })),
    }));
  if (isCancel(eventType)) return givenUp(terminal);
  return { name, eventType, engine: given.engine ?? defaultEngine(eventType) };
}

function givenUp({ output }: Terminal): undefined {
  cancel("Nothing was written.", { output });
}
