import type { TracedChange } from "../../../src/trace/traced-change.ts";

const partNames: Readonly<Record<TracedChange["part"], string>> = {
  uri: "URI",
  querystring: "Query string",
  header: "Header",
  status: "Status",
  "status-description": "Reason",
  body: "Body",
  origin: "Origin",
};

/** What a function changed: before and after. */
export function ChangesTable({ changes }: { readonly changes: readonly TracedChange[] }) {
  return (
    <dl class="changes">
      {changes.map(({ part, name, before, after }) => (
        <div key={`${part} ${name}`}>
          <dt>
            <span class="part">{partNames[part]}</span> {name}
          </dt>
          <dd>
            {before !== undefined && <del>{before === "" ? "(empty)" : before}</del>}
            {after !== undefined && <ins>{after === "" ? "(empty)" : after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
