import type { AssemblyStack } from "../assembly/cloud-assembly.ts";
import type { TemplateResource } from "../template/template-resource.ts";
import type { UnknownValue } from "./unknown.ts";

/** A value that only a deployment knows, with what the assembly knows of it. */
export interface Unknown extends UnknownValue {
  /** The stack in whose template it is read. */
  readonly stack: AssemblyStack;
  /** That of an attribute. */
  readonly resource?: TemplateResource;
  /** That of an attribute; undefined for `Ref`. */
  readonly attribute?: string | undefined;
}

const mark = /⟦(\d+)⟧/gu;

/**
 * The unknown values of an assembly. Each stands as a mark in the evaluated texts, so that what is
 * known around it stays known: `arn:aws:s3:::⟦4⟧/*`. The same unknown has the same mark.
 */
export class Unknowns {
  readonly #list: Unknown[] = [];
  readonly #marks = new Map<string, string>();

  /** Returns the mark of an unknown value. */
  mark(unknown: Unknown): string {
    const { kind, name, stack, path } = unknown;
    const place = kind === "export" ? [] : kind === "expression" ? [stack.id, path] : [stack.id];
    const key = JSON.stringify([kind, name, ...place]);
    const known = this.#marks.get(key);
    if (known !== undefined) return known;
    const text = `⟦${this.#list.push(unknown) - 1}⟧`;
    this.#marks.set(key, text);
    return text;
  }

  /** Returns the unknown values that an evaluated text is or holds. */
  in(text: string): readonly Unknown[] {
    return [...text.matchAll(mark)].flatMap(([, index]) => this.#list[Number(index)] ?? []);
  }

  /** Returns the first value that has to be known for a text to be: the innermost, where expressions are nested. */
  firstIn(text: string): Unknown | undefined {
    const [first] = this.in(text);
    return first?.source === undefined ? first : (this.firstIn(first.source) ?? first);
  }

  /**
   * Returns a text for a person to read: `<Rewrite.Arn>` where the mark of an unknown value stands, and
   * a dynamic reference as it is written.
   */
  readable(text: string): string {
    return text.replaceAll(mark, (whole, index) => {
      const unknown = this.#list[Number(index)];
      if (unknown === undefined) return whole;
      return unknown.kind === "dynamic-reference" ? unknown.name : `<${unknown.name}>`;
    });
  }
}
