import { escapeHtml } from "../edge-location/response/error-page.ts";
import type { SourceExcerpt } from "./source-excerpt.ts";
import { stylePath } from "./overlay-style.ts";

/** What is said of a function that failed. */
export interface OverlayContent {
  readonly status: number;
  readonly resultType: string;
  /** As in `viewer-request of spa-rewrite 0.1.0`. */
  readonly subject: string;
  readonly detail: string;
  readonly factId: string;
  /** What a viewer of CloudFront reads. */
  readonly viewerText: string;
  readonly excerpt: SourceExcerpt | undefined;
  /** The stack of the error; of a CloudFront Function the code around it. */
  readonly stack: string | undefined;
  /** Of the request's trace in the inspector; undefined where there is no inspector. */
  readonly traceUrl: string | undefined;
}

/** Returns the page that stands in place of CloudFront's error page. It needs no script. */
export function overlayPage({
  status,
  resultType,
  subject,
  detail,
  factId,
  viewerText,
  excerpt,
  stack,
  traceUrl,
}: OverlayContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${status} ${resultType}`)}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<p><strong>${escapeHtml(subject)}</strong> failed</p>
<h1>${escapeHtml(detail)}</h1>
${excerpt === undefined ? "" : excerptHtml(excerpt)}
${
  stack === undefined
    ? ""
    : blockHtml(
        excerpt === undefined ? "" : "Stack",
        stack.split("\n").map((line) => `<span>${escapeHtml(line)}</span>`),
      )
}
${traceUrl === undefined ? "" : `<p><a href="${escapeHtml(traceUrl)}">See the trace of this request in the inspector</a></p>`}
<p class="dim">${escapeHtml(factId)} · Viewers of CloudFront get ${status}, X-Cache: ${escapeHtml(resultType)} from cloudfront, and a page that says: ${escapeHtml(viewerText)}</p>
<p class="dim">This page is the local CloudFront’s. --no-overlay switches it off.</p>
</main>
</body>
</html>
`;
}

function excerptHtml({ file, line, lines }: SourceExcerpt): string {
  const width = String(lines.at(-1)?.number ?? line).length;
  return blockHtml(
    `${file}:${line}`,
    lines.map(({ number, text }) => {
      const tag = number === line ? "mark" : "span";
      return `<${tag}>${String(number).padStart(width)}  ${escapeHtml(text)}</${tag}>`;
    }),
  );
}

/** @param rows of HTML */
function blockHtml(caption: string, rows: readonly string[]): string {
  const heading = caption === "" ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure>${heading}<pre tabindex="0">${rows.join("")}</pre></figure>`;
}
