import type { Trace } from "../../../src/trace/trace.ts";
import { BodyBlock } from "./body-block.tsx";
import { HeaderTable } from "./header-table.tsx";

interface MessageBlocksProps {
  readonly trace: Trace;
  readonly message: "request" | "response";
}

/** Headers and body of what the viewer sent or got. */
export function MessageBlocks({ trace, message }: MessageBlocksProps) {
  const { requestId } = trace;
  const { headers, bodyBytes } = trace[message];
  const title = message === "request" ? "Request" : "Response";
  return (
    <div class="blocks">
      <HeaderTable title={`${title} headers`} headers={headers} />
      <BodyBlock key={requestId} requestId={requestId} message={message} bodyBytes={bodyBytes} />
    </div>
  );
}
