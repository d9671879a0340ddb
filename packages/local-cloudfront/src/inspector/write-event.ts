import type { ServerResponse } from "node:http";

/**
 * Writes a server-sent event.
 *
 * @param id what a page that comes back names as the last that it knows; without one, that stays
 */
export function writeEvent(
  outgoing: ServerResponse,
  name: string,
  data: unknown,
  id?: string,
): void {
  const lines = [`event: ${name}`, `data: ${JSON.stringify(data)}`];
  if (id !== undefined) lines.push(`id: ${id}`);
  outgoing.write(`${lines.join("\n")}\n\n`);
}
