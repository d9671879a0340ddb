import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { shortFormTags } from "./short-form-tags.ts";

/** Looks lines of a template up. */
export class TemplateLines {
  readonly #lineCounter = new LineCounter();
  readonly #document: Document;

  /** @param text JSON or YAML. */
  constructor(text: string) {
    const lineCounter = this.#lineCounter;
    this.#document = parseDocument(text, {
      lineCounter,
      customTags: shortFormTags,
      logLevel: "silent",
    });
  }

  /**
   * Returns the line at which a path begins; of the longest part of it that is there.
   *
   * @param path as in `["Resources", "Rewrite", "Properties", "Timeout"]`.
   */
  lineOf(path: readonly string[]): number | undefined {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#lineCounter.linePos(node.range[0]).line;
    }
    return undefined;
  }
}
