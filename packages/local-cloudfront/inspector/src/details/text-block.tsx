import type { ComponentChildren } from "preact";

interface TextBlockProps {
  readonly title: string;
  readonly text: string;
  /** Whether it is shown without being asked for. */
  readonly isOpen?: boolean;
  /** What can be done with the text. */
  readonly children?: ComponentChildren;
}

/** A long text that opens on demand. */
export function TextBlock({ title, text, isOpen = false, children }: TextBlockProps) {
  return (
    <details class="block" open={isOpen}>
      <summary>{title}</summary>
      {children !== undefined && <div class="body-head">{children}</div>}
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </details>
  );
}
