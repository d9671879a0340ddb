import type { ComponentChildren } from "preact";

interface SectionProps {
  /** The stage's name, as the map names it. */
  readonly id: string;
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped" | "absent";
  /** What stands beside the title; empty for nothing. */
  readonly note?: string;
  readonly children: ComponentChildren;
}

/** One stage of the way. */
export function Section({ id, title, state, note = "", children }: SectionProps) {
  return (
    <section
      class="section"
      id={`stage-${id}`}
      data-state={state}
      aria-labelledby={`title-${id}`}
      tabIndex={-1}
    >
      <h3 id={`title-${id}`}>
        {title}
        {note !== "" && <span class="note">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
