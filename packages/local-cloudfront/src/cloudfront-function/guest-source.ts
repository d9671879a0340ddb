import { guestBufferClass, guestBufferNumbers, guestTextOfBytes } from "./guest/guest-buffer.ts";
import { guestByteStrings, guestDate, guestErrors, guestPrune } from "./guest/guest-built-ins.ts";
import { guestChecks } from "./guest/guest-checks.ts";
import { guestCloudFront } from "./guest/guest-cloudfront.ts";
import { guestCrypto, guestQuerystring } from "./guest/guest-modules.ts";
import { guestCwt } from "./guest/guest-cwt.ts";
import { guestEvents } from "./guest/guest-event.ts";
import { guestDump } from "./guest/guest-dump.ts";
import { guestStart } from "./guest/guest-start.ts";
import type { GuestParts } from "./guest/guest-start.ts";
import { guestText } from "./guest/guest-text.ts";

const parts: GuestParts = {
  guestBufferClass,
  guestBufferNumbers,
  guestByteStrings,
  guestChecks,
  guestCloudFront,
  guestCrypto,
  guestCwt,
  guestDate,
  guestDump,
  guestErrors,
  guestEvents,
  guestPrune,
  guestQuerystring,
  guestText,
  guestTextOfBytes,
};

/**
 * The text that makes a sandbox: a function of the host call, of what reads the texts of an invocation, of whether it is cloudfront-js-2.0, and of the table of
 * built-ins as JSON. The sandbox is another engine, so code gets into it as text only.
 */
export const guestSource = `(function (call, read, isRuntime2, table) {
  "use strict";
  return (${guestStart.toString()})(call, read, isRuntime2, JSON.parse(table), {
    ${Object.entries(parts)
      .map(([name, part]) => `${name}: ${String(part)}`)
      .join(",\n")}
  });
})`;
