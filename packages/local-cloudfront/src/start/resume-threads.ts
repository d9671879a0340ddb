import { Session } from "node:inspector";

/**
 * Lets the worker threads that stand at a breakpoint go on: Node.js cannot end one that stands, not even
 * when its debugger is gone.
 */
export function resumeThreads(): void {
  const session = new Session();
  session.connect();
  let attached = 0;
  const end = (): void => {
    if (attached === 0) setImmediate(() => session.disconnect());
  };
  session.on("NodeWorker.attachedToWorker", ({ params: { sessionId } }) => {
    attached += 1;
    for (const [id, method] of ["Debugger.enable", "Debugger.resume"].entries()) {
      const message = JSON.stringify({ id, method });
      session.post("NodeWorker.sendMessageToWorker", { sessionId, message });
    }
  });
  session.on("NodeWorker.receivedMessageFromWorker", ({ params: { sessionId, message } }) => {
    const { id } = JSON.parse(message) as { readonly id?: number };
    if (id === 1) session.post("NodeWorker.detach", { sessionId });
  });
  session.on("NodeWorker.detachedFromWorker", () => {
    attached -= 1;
    end();
  });
  session.post("NodeWorker.enable", { waitForDebuggerOnStart: false }, end);
}
