import { workerData, type MessagePort } from "node:worker_threads";
import type { ThreadSetup, ThreadStart } from "../../channel/thread-messages.ts";

/** This thread's way to the other side. */
export const port: MessagePort = takePort();

let setup: ThreadSetup | undefined;

/** Waits until it is said which function runs here; the thread may have started long before. */
export async function receiveSetup(): Promise<void> {
  setup = await new Promise<ThreadSetup>((resolve) => {
    port.once("message", resolve);
  });
  Object.assign(process.env, setup.environmentVariables);
}

/**
 * Returns which function runs here.
 *
 * @throws {Error} before it was received
 */
export function receivedSetup(): ThreadSetup {
  if (setup === undefined) throw new Error("An execution environment begins with its setup.");
  return setup;
}

/** Takes the port out of the worker data, so that the function cannot reach it. */
function takePort(): MessagePort {
  const holder = workerData as Partial<ThreadStart>;
  const { port: taken } = holder;
  Reflect.deleteProperty(holder, "port");
  if (taken === undefined) {
    throw new Error("An execution environment needs its port as worker data.");
  }
  return taken;
}
