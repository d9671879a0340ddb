/** Returns what writes lines to a stream, those of one turn of the event loop at once. */
export function lineWriter(stream: NodeJS.WritableStream): (line: string) => void {
  let pending = "";
  return (line) => {
    if (pending === "") {
      setImmediate(() => {
        stream.write(pending);
        pending = "";
      });
    }
    pending += `${line}\n`;
  };
}
