import { writeFileSync } from "node:fs";
import { Socket } from "node:net";

type OutputStream = NodeJS.WritableStream & { readonly fd?: number };

/** Returns what writes lines to standard output, those of one turn of the event loop at once. */
export function lineWriter(stream: OutputStream): (line: string) => void {
  const write = textWriter(stream);
  let pending = "";
  return (line) => {
    if (pending === "") {
      setImmediate(() => {
        const lines = pending;
        pending = "";
        write(lines);
      });
    }
    pending += `${line}\n`;
  };
}

/**
 * Where standard output is a file, its stream writes each text at once too, but from a buffer that
 * outlives the text: at thousands of requests a second, dozens of megabytes that wait for V8's next
 * full collection.
 */
function textWriter(stream: OutputStream): (text: string) => void {
  const { fd } = stream;
  return fd === undefined || stream instanceof Socket
    ? (text) => void stream.write(text)
    : (text) => writeFileSync(fd, text);
}
