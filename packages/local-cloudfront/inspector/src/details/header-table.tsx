import type { TracedHeaders } from "../../../src/trace/trace.ts";

interface HeaderTableProps {
  readonly title: string;
  readonly headers: TracedHeaders;
}

/** The header lines of a message, on demand. */
export function HeaderTable({ title, headers }: HeaderTableProps) {
  const lines = Object.values(headers).flat();
  if (lines.length === 0) return null;
  return (
    <details class="block">
      <summary>
        {title} ({lines.length})
      </summary>
      <dl class="headers">
        {lines.map(({ key, value }, index) => (
          <div key={index}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
