/** A page of the site that is generated from the repository. */
export interface Page {
  /** Its route without slashes around it, as in `rules/LE-C-04`. */
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  /** How the sidebar calls it. */
  readonly label?: string;
  /** Its place among its neighbours in the sidebar. */
  readonly order?: number;
  /** Markdown without a heading of the first level. */
  readonly body: string;
}

/** Writes a page as the file of a content collection. */
export function pageText({ title, description, label, order, body }: Page): string {
  // JSON is YAML.
  const data = { title, description, sidebar: { label, order } };
  return `---\n${JSON.stringify(data)}\n---\n\n${body.trim()}\n`;
}

/** Divides a document into the text of its first heading and the rest. */
export function titled(markdown: string): { readonly title: string; readonly body: string } {
  const [, title = "", body = ""] = /^# (.+)\n([^]*)$/.exec(markdown.trimStart()) ?? [];
  return { title, body };
}

/** Escapes text that is no Markdown. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\\*_`[\]|~#]/g, String.raw`\$&`)
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
