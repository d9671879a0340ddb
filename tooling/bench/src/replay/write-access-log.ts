import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

const fields = `
  date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer)
  cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header
  cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher
  x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port
  time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start
  sc-range-end
`.trim();

const edgeLocations = ["FRA56-P1", "FRA60-P4", "AMS58-P2", "LHR50-C1", "IAD89-P1", "NRT20-C2"];
const browsers = ["Chrome/142.0.0.0", "Firefox/145.0", "Safari/605.1.15", "Edg/142.0.0.0"];
const systems = ["Windows%20NT%2010.0", "Macintosh", "X11;%20Linux%20x86_64", "iPhone", "Android"];
const firstMs = Date.UTC(2026, 9, 1);
const linesPerSecond = 20;
const linesPerWrite = 1000;

/**
 * Writes a standard log, the same each time: some thousand paths, of which few are asked for often, a third of the
 * requests with a query string and half with cookies, from six edge locations, twenty a second.
 */
export async function writeAccessLog(file: string, lines: number): Promise<void> {
  const stream = createWriteStream(file);
  const next = numbers();
  stream.write(`#Version: 1.0\n#Fields: ${fields.replaceAll(/\s+/g, " ")}\n`);
  for (let line = 0; line < lines; line += linesPerWrite) {
    const count = Math.min(linesPerWrite, lines - line);
    const text = Array.from({ length: count }, (_, index) => `${logLine(line + index, next)}\n`);
    if (!stream.write(text.join(""))) await once(stream, "drain");
  }
  stream.end();
  await finished(stream);
}

function logLine(index: number, next: () => number): string {
  const time = new Date(firstMs + Math.floor(index / linesPerSecond) * 1000).toISOString();
  const oneOf = (items: readonly string[]): string => items[next() % items.length] ?? "";
  // The square makes some paths frequent.
  const path = Math.floor((next() / maxNumber) ** 3 * 4000);
  const isPage = path % 2 === 0;
  const status = next() % 50 === 0 ? 404 : 200;
  const bytes = 800 + path * 13;
  const result = status === 404 ? "Error" : path % 10 === 0 ? "Miss" : "Hit";
  const query = next() % 3 === 0 ? `utm_source=${oneOf(["mail", "ad"])}&page=${next() % 20}` : "-";
  const cookie =
    next() % 2 === 0 ? `theme=${next() % 2}; session=${next()}`.replace(" ", "%20") : "-";
  const agent = `Mozilla/5.0%20(${oneOf(systems)})%20AppleWebKit/537.36%20${oneOf(browsers)}`;
  const [a, b, c] = [next() % 256, next() % 256, next() % 60_000];
  const id = `${index.toString(36).padStart(54, "0")}==`;
  const location = oneOf(edgeLocations);
  const uri = isPage ? `/notes/${path}` : `/assets/${path}.js`;
  const type = isPage ? "text/html" : "text/javascript";
  const tls = "TLSv1.3\tTLS_AES_128_GCM_SHA256";
  return [
    `${time.slice(0, 10)}\t${time.slice(11, 19)}\t${location}\t${bytes + 500}\t203.0.${a}.${b}`,
    `GET\td111111abcdef8.cloudfront.net\t${uri}\t${status}\thttps://www.example.com/\t${agent}`,
    `${query}\t${cookie}\t${result}\t${id}\twww.example.com\thttps\t320\t0.004\t-\t${tls}`,
    `${result}\tHTTP/2.0\t-\t-\t${1024 + c}\t0.003\t${result}\t${type}\t${bytes}\t-\t-`,
  ].join("\t");
}

const maxNumber = 2 ** 24;

/** Numbers below 2^24 that look random and are always the same. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
